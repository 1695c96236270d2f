import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Failure } from './failure.ts';
import { acceptedEncodings } from './grpc-route.ts';
import { contentTypes } from './http-response.ts';
import { encodingOf } from './http-route.ts';
import { lingerMs } from './limits.ts';
import { statusMessage, statusResponse } from './responses.ts';

const detailsHeader = 'grpc-status-details-bin';

/** For grpc-js, which encodes it. */
export function grpcStatus({ status }: Failure): StatusObject {
  const metadata = new Metadata();
  if (status.detail !== undefined) metadata.set(detailsHeader, Buffer.from(statusResponse('protobuf', status)));
  return { code: status.code, details: statusMessage(status.message), metadata };
}

/** Answers a call before grpc-js does. */
export function refuseCall(stream: ServerHttp2Stream, { status }: Failure): void {
  refuse(stream, {
    ':status': 200,
    'content-type': 'application/grpc',
    'grpc-status': String(status.code),
    'grpc-message': encodeURI(statusMessage(status.message)),
    'grpc-accept-encoding': acceptedEncodings,
    [detailsHeader]: Buffer.from(statusResponse('protobuf', status)).toString('base64'),
  });
}

/** Answers an HTTP/2 request that is no call, in its own encoding. */
export function refuseOther(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, { httpStatus, status }: Failure): void {
  const encoding = encodingOf(headers['content-type']) ?? 'json';
  const body = statusResponse(encoding, status);
  refuse(stream, { ':status': httpStatus, 'content-type': contentTypes[encoding], 'content-length': body.length }, body);
}

/** What a call was answered with, by grpc-js or by us; `undefined` where it has gone without an answer. */
export function statusSent({ sentHeaders, sentTrailers }: ServerHttp2Stream): number | undefined {
  const status: unknown = sentTrailers?.['grpc-status'] ?? sentHeaders?.['grpc-status'];
  return status === undefined ? undefined : Number(status);
}

/** What still comes is thrown away for a moment: clients that are reset in the middle of an upload may overlook the answer. */
function refuse(stream: ServerHttp2Stream, head: OutgoingHttpHeaders, body?: Uint8Array): void {
  stream.on('error', () => stream.destroy());
  // The client may have taken the request back by now.
  if (stream.closed || stream.destroyed) return;
  stream.respond(head, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  stream.resume();
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), lingerMs);
  stream.once('close', () => clearTimeout(timer));
}
