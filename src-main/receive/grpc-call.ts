import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { reserve } from './byte-budget.ts';
import { badData, type Failure, unavailable, unreadable } from './failure.ts';
import { readCall } from './grpc-body.ts';
import { grpcCode } from './grpc-code.ts';
import type { CallRoute } from './grpc-route.ts';
import { refuseCall, respond } from './grpc-status.ts';
import { requestTimeoutMs } from './limits.ts';
import type { PortContext } from './port-context.ts';
import { exportResponse } from './responses.ts';
import { submit } from './submit.ts';

/** Reads the message of an export call, hands it on, and answers. */
export async function answerCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { signal, encoding }: Extract<CallRoute, { kind: 'export' }>,
  context: PortContext,
): Promise<void> {
  const userAgent = headers['user-agent'] ?? '';
  const fail = (failure: Failure): void => {
    if (failure.mistake !== undefined) context.report(failure.mistake, userAgent);
    refuseCall(stream, failure);
  };
  const reservation = reserve(context.budget);
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestTimeoutMs);
  try {
    const result = await readCall(stream, encoding, context.maxPayloadBytes, reservation).finally(() => clearTimeout(timer));
    if (result.kind === 'not-one-message') return fail(notOneMessage());
    if (result.kind !== 'payload') return fail(unreadable(result, context.maxPayloadBytes));
    const outcome = await submit(context, { signal, encoding: 'protobuf', payload: result.payload, protocol: 'grpc', userAgent });
    if (outcome.kind === 'bad-data') return fail(badData(outcome.message));
    if (outcome.kind === 'unavailable') return fail(unavailable(outcome.message));
    return respond(stream, exportResponse('protobuf', signal, outcome.rejected, outcome.message));
  } finally {
    reservation.release();
  }
}

/** As grpc-js, grpc-go and grpc-java have it. */
function notOneMessage(): Failure {
  const status = { code: grpcCode.UNIMPLEMENTED, message: 'An export is a call with exactly one message.' };
  return { httpStatus: 400, status, mistake: { kind: 'not-otlp', detail: 'a gRPC call without exactly one message' } };
}
