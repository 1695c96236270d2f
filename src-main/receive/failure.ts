import { grpcCode } from './grpc-code.ts';
import type { PayloadResult } from './read-payload.ts';
import type { Sighting } from './port-context.ts';
import type { Status } from './responses.ts';

/** An export that was not accepted, in the terms of both transports. What may be retried: only 503 and UNAVAILABLE (OTLP specification, "Failures"). */
export interface Failure {
  httpStatus: number;
  status: Status;
  /** Set where it comes of how the client is set up, for the person who set it up. */
  mistake?: Sighting;
}

export function badData(message: string): Failure {
  return { httpStatus: 400, status: { code: grpcCode.INVALID_ARGUMENT, message, detail: 'BadRequest' } };
}

export function unavailable(message: string): Failure {
  return { httpStatus: 503, status: { code: grpcCode.UNAVAILABLE, message, detail: 'RetryInfo' } };
}

/** RFC 6750, section 3, and gRPC's status for the same; neither is retried. */
export function tokenMissing(authorization: string | undefined): Failure {
  const message =
    "This address needs the token that Sidelight's setup page shows: OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN. On localhost there is none.";
  const detail = authorization === undefined ? 'no Authorization header' : 'an Authorization header with another token';
  return { httpStatus: 401, status: { code: grpcCode.UNAUTHENTICATED, message }, mistake: { kind: 'token-missing', detail } };
}

export function overBudget(): Failure {
  return unavailable('Too many payload bytes are on their way at this moment; send it again.');
}

/** Without RetryInfo: it will be as large the next time. */
export function tooLarge(maxPayloadBytes: number): Failure {
  const message = `The payload is larger than ${maxPayloadBytes} bytes after decompression; export fewer records at a time.`;
  const mistake = { kind: 'too-large', detail: `more than ${maxPayloadBytes} bytes` } as const;
  return { httpStatus: 413, status: { code: grpcCode.RESOURCE_EXHAUSTED, message }, mistake };
}

export function unreadable(result: Exclude<PayloadResult, { kind: 'payload' }>, maxPayloadBytes: number): Failure {
  if (result.kind === 'too-large') return tooLarge(maxPayloadBytes);
  if (result.kind === 'over-budget') return overBudget();
  return badData(`The body could not be read: ${result.message}`);
}
