import type { IncomingHttpHeaders } from 'node:http2';
import type { Signal } from '#proto/model/batch';
import { hasBearerToken } from '#main/base/bearer-token';
import { supportedEncodings } from './decompressors.ts';
import { type Failure, tokenMissing } from './failure.ts';
import { grpcCode } from './grpc-code.ts';

/** The methods of OTLP/gRPC (opentelemetry/proto/collector/…). */
const exportMethods: ReadonlyMap<string, Signal> = new Map([
  ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'traces'],
  ['/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'logs'],
  ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'metrics'],
]);

/** For `grpc-accept-encoding`. */
export const acceptedEncodings = ['identity', ...supportedEncodings].join(',');

/** Whether an HTTP/2 request is a gRPC call at all. grpc-web is not: it has its own framing. */
export function isGrpc({ 'content-type': contentType = '' }: IncomingHttpHeaders): boolean {
  return /^application\/grpc(?:[+;]|$)/i.test(contentType);
}

/** Why an HTTP/2 request that is not gRPC is not served. */
export function notGrpc({ ':path': path = '', 'content-type': contentType = '' }: IncomingHttpHeaders): Failure {
  const message = 'Over HTTP/2 this port takes gRPC, with the content type application/grpc. Send OTLP/HTTP over HTTP/1.1.';
  const detail = `an HTTP/2 request to ${path} with the content type ${contentType}`;
  return { httpStatus: 415, status: { code: grpcCode.INVALID_ARGUMENT, message }, mistake: { kind: 'not-otlp', detail } };
}

/** What a call asks for, as far as its head says. */
export type CallRoute = { kind: 'export'; signal: Signal; encoding: string } | { kind: 'refused'; failure: Failure };

/** `token` is that which the address asks for. */
export function routeOfCall(
  { ':path': path = '', 'grpc-encoding': encoding = 'identity', authorization }: IncomingHttpHeaders,
  token: string | undefined,
): CallRoute {
  if (token !== undefined && !hasBearerToken(authorization, token)) return { kind: 'refused', failure: tokenMissing(authorization) };
  const signal = exportMethods.get(path);
  if (signal === undefined) {
    return {
      kind: 'refused',
      failure: { ...unimplemented(adviceOn(path)), httpStatus: 404, mistake: { kind: 'wrong-path', detail: path } },
    };
  }
  const name = String(encoding);
  if (name === 'identity' || supportedEncodings.includes(name)) return { kind: 'export', signal, encoding: name };
  const message = `Unsupported grpc-encoding "${name}"; supported: ${acceptedEncodings}.`;
  return { kind: 'refused', failure: { ...unimplemented(message), mistake: { kind: 'unsupported-compression', detail: name } } };
}

function adviceOn(path: string): string {
  const meant = [...exportMethods.keys()].find((method) => path.endsWith(method));
  if (meant !== undefined) return `There is no method "${path}": OTLP/gRPC wants an endpoint without a path.`;
  return `There is no method "${path}". OTLP/gRPC has ${[...exportMethods.keys()].map((method) => method.slice(1)).join(', ')}.`;
}

function unimplemented(message: string): Failure {
  return { httpStatus: 415, status: { code: grpcCode.UNIMPLEMENTED, message } };
}
