import type { IncomingMessage } from 'node:http';
import type { Encoding, Signal } from '#proto/model/batch';
import { hasBearerToken } from '#main/base/bearer-token';
import { isContainerHost, isLoopbackHost, isLoopbackOrigin } from '#main/base/loopback-names';
import { type Failure, tokenMissing } from './failure.ts';
import { type GrpcCode, grpcCode } from './grpc-code.ts';
import { otherProtocol, wrongPath } from './http-advice.ts';
import type { Sighting } from './port-context.ts';

const signals: ReadonlyMap<string, Signal> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/logs', 'logs'],
  ['/v1/metrics', 'metrics'],
]);
const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['application/x-protobuf', 'protobuf'],
  ['application/json', 'json'],
]);
/** A browser or a health check that looks at an address sends no telemetry to the wrong one. */
const onlyLooking = new Set(['GET', 'HEAD', 'OPTIONS']);

export const allowedMethods = 'POST, OPTIONS';

/** What a request asks for, as far as its head says. */
export type Route = { kind: 'export'; signal: Signal; encoding: Encoding } | { kind: 'preflight' } | { kind: 'refused'; failure: Failure };

/** `token` is that which the address asks for; `undefined` on loopback. */
export function routeOf(request: IncomingMessage, token: string | undefined): Route {
  const { method = '', headers } = request;
  const stranger = token === undefined ? strangerAt(request) : withoutToken(request, token);
  if (stranger !== undefined) return stranger;
  const path = pathOf(request.url ?? '/');
  const signal = signals.get(path);
  const sends = !onlyLooking.has(method);
  const other = sends ? otherProtocol(path, headers) : undefined;
  if (other !== undefined) {
    const [httpStatus, code] = signal === undefined ? [404, grpcCode.NOT_FOUND] : [415, grpcCode.INVALID_ARGUMENT];
    return refused(httpStatus, code, other.message, { kind: other.kind, detail: path });
  }
  if (signal === undefined) {
    const { kind, message } = wrongPath(path);
    return refused(404, grpcCode.NOT_FOUND, message, sends ? { kind, detail: path } : undefined);
  }
  if (method === 'OPTIONS') return { kind: 'preflight' };
  if (method !== 'POST') {
    const mistake: Sighting | undefined = sends ? { kind: 'not-otlp', detail: `${method} ${path}` } : undefined;
    return refused(405, grpcCode.UNIMPLEMENTED, `Exports are sent with POST, not ${method}.`, mistake);
  }
  const contentType = headers['content-type'] ?? '';
  const encoding = encodingOf(contentType);
  if (encoding !== undefined) return { kind: 'export', signal, encoding };
  const message = `Unsupported Content-Type "${contentType}"; supported: ${[...encodings.keys()].join(', ')}.`;
  return refused(415, grpcCode.INVALID_ARGUMENT, message, { kind: 'wrong-content-type', detail: contentType });
}

/** OTLP's encoding that a `Content-Type` names, whatever its case and parameters. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const [mediaType = ''] = (contentType ?? '').split(';', 1);
  return encodings.get(mediaType.trim().toLowerCase());
}

/** The names by which a browser says for whom it asks are the whole defence against web pages. */
function strangerAt({ headers: { host, origin } }: IncomingMessage): Route | undefined {
  if (!isLoopbackHost(host) && !isContainerHost(host)) {
    const message = `The Host "${host ?? ''}" is not a name of this machine's loopback.`;
    return refused(403, grpcCode.PERMISSION_DENIED, message, { kind: 'foreign-host', detail: host ?? '' });
  }
  if (origin === undefined || isLoopbackOrigin(origin)) return undefined;
  const message = `The Origin "${origin}" is not a page of this machine; only pages on localhost may send telemetry.`;
  return refused(403, grpcCode.PERMISSION_DENIED, message, { kind: 'foreign-origin', detail: origin });
}

/** A token is more than any name. Browsers ask without it whether they may send it (Fetch, "CORS-preflight fetch"). */
function withoutToken({ method, headers: { authorization } }: IncomingMessage, token: string): Route | undefined {
  if (method === 'OPTIONS' || hasBearerToken(authorization, token)) return undefined;
  return { kind: 'refused', failure: tokenMissing(authorization) };
}

/** As it was sent; a request to a proxy names the host, too (RFC 9112, section 3.2.2). */
function pathOf(target: string): string {
  return target.startsWith('/') ? (target.split('?', 1)[0] ?? '/') : (URL.parse(target)?.pathname ?? target);
}

function refused(httpStatus: number, code: GrpcCode, message: string, mistake: Sighting | undefined): Route {
  return { kind: 'refused', failure: { httpStatus, status: { code, message }, ...(mistake === undefined ? {} : { mistake }) } };
}
