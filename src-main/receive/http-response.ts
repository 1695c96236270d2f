import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Encoding } from '#proto/model/batch';
import type { Failure } from './failure.ts';
import { lingerMs } from './limits.ts';
import { retryDelaySeconds, statusResponse } from './responses.ts';

export const contentTypes: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' };

export function sendSuccess(request: IncomingMessage, response: ServerResponse, encoding: Encoding, body: Uint8Array): void {
  response.statusCode = 200;
  response.setHeader('Content-Type', contentTypes[encoding]);
  finish(request, response, body);
}

/** A `google.rpc.Status` in the request's encoding; in JSON, which people can read, where the request has none of OTLP's. */
export function sendFailure(request: IncomingMessage, response: ServerResponse, encoding: Encoding | undefined, failure: Failure): void {
  const { httpStatus, status } = failure;
  const answered = encoding ?? 'json';
  response.statusCode = httpStatus;
  response.setHeader('Content-Type', contentTypes[answered]);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (httpStatus === 503) response.setHeader('Retry-After', String(retryDelaySeconds));
  finish(request, response, statusResponse(answered, status));
}

export function sendNoContent(request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 204;
  finish(request, response, new Uint8Array());
}

function finish(request: IncomingMessage, response: ServerResponse, body: Uint8Array): void {
  if (response.statusCode !== 204) response.setHeader('Content-Length', body.length);
  if (request.complete || request.destroyed || !announcesBody(request)) {
    response.end(body);
    return;
  }
  response.setHeader('Connection', 'close');
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('end', end).once('close', end);
  request.resume();
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
