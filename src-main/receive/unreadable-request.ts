import { badData, type Failure } from './failure.ts';

/** What Node's HTTP server gives to `clientError`. */
export interface ParseError extends Error {
  code?: string;
  reason?: string;
  rawPacket?: Buffer;
}

const maxShownBytes = 256;

/** The answer to bytes that Node's HTTP parser could not read. */
export function unreadableRequest({ code, reason, rawPacket, message }: ParseError): Failure {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { ...badData('The request took too long.'), httpStatus: 408 };
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      ...badData('The head of the request is too large.'),
      httpStatus: 431,
      mistake: { kind: 'too-large', detail: 'the head of a request' },
    };
  }
  const failure = badData(`This is not HTTP/1.1 as this port takes it, nor gRPC: ${reason ?? message}`);
  // A request that breaks off may have been fine.
  if (code === 'HPE_INVALID_EOF_STATE' || rawPacket === undefined) return failure;
  const [firstLine = ''] = rawPacket.toString('latin1', 0, maxShownBytes).split('\r\n', 1);
  return { ...failure, mistake: { kind: 'not-otlp', detail: firstLine } };
}
