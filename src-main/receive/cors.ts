import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackOrigin } from '#main/base/loopback-names';

const headerNames = /^[\w!#$%&'*+.^`|~, -]+$/;
const maxAgeSeconds = 600;

/** Lets pages of this machine read the answer, `Retry-After` included, which the browser's exporter obeys. Never `*`. */
export function allowOrigin({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
  if (origin === undefined) return;
  response.setHeader('Vary', 'Origin');
  if (!isLoopbackOrigin(origin)) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
}

/** For a browser that asks first, as it does for OTLP's content types. */
export function allowRequest({ headers }: IncomingMessage, response: ServerResponse): void {
  const wanted = headers['access-control-request-headers'];
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Max-Age', String(maxAgeSeconds));
  if (wanted !== undefined && headerNames.test(wanted)) response.setHeader('Access-Control-Allow-Headers', wanted);
}
