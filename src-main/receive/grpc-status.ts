import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Failure } from './failure.ts';
import { statusMessage, statusResponse } from './responses.ts';

const detailsHeader = 'grpc-status-details-bin';

/** For grpc-js, which encodes it. */
export function grpcStatus({ status }: Failure): StatusObject {
  const metadata = new Metadata();
  if (status.detail !== undefined) metadata.set(detailsHeader, Buffer.from(statusResponse('protobuf', status)));
  return { code: status.code, details: statusMessage(status.message), metadata };
}

/** As the header fields of a response that has no body (gRPC over HTTP/2, "Trailers-Only"). */
export function grpcTrailers({ status }: Failure): Record<string, string> {
  return {
    'grpc-status': String(status.code),
    'grpc-message': encodeURI(statusMessage(status.message)),
    [detailsHeader]: Buffer.from(statusResponse('protobuf', status)).toString('base64'),
  };
}
