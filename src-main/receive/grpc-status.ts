import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Failure } from './failure.ts';
import { acceptedEncodings } from './grpc-route.ts';
import { contentTypes } from './http-response.ts';
import { encodingOf } from './http-route.ts';
import { lingerMs } from './limits.ts';
import { statusMessage, statusResponse } from './responses.ts';

const detailsHeader = 'grpc-status-details-bin';
const head: OutgoingHttpHeaders = { ':status': 200, 'content-type': 'application/grpc', 'grpc-accept-encoding': acceptedEncodings };

/** Answers a call with its response message. */
export function respond(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.closed || stream.destroyed) return;
  stream.respond(head, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  const framed = Buffer.alloc(5 + message.length);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, 5);
  stream.end(framed);
}

/** Answers a call without a message, and takes no more of what it sends. */
export function refuseCall(stream: ServerHttp2Stream, { status }: Failure): void {
  refuse(stream, {
    ...head,
    'grpc-status': String(status.code),
    'grpc-message': encodeURI(statusMessage(status.message)),
    ...(status.detail === undefined ? {} : { [detailsHeader]: Buffer.from(statusResponse('protobuf', status)).toString('base64') }),
  });
}

/** Answers an HTTP/2 request that is no call, in its own encoding. */
export function refuseOther(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, { httpStatus, status }: Failure): void {
  const encoding = encodingOf(headers['content-type']) ?? 'json';
  const body = statusResponse(encoding, status);
  refuse(stream, { ':status': httpStatus, 'content-type': contentTypes[encoding], 'content-length': body.length }, body);
}

/** What still comes is thrown away for a moment: clients that are reset in the middle of an upload may overlook the answer. */
function refuse(stream: ServerHttp2Stream, answer: OutgoingHttpHeaders, body?: Uint8Array): void {
  // The client may have taken the request back by now.
  if (stream.closed || stream.destroyed) return;
  stream.respond(answer, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  stream.resume();
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), lingerMs);
  stream.once('close', () => clearTimeout(timer));
}
