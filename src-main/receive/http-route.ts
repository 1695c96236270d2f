import type { IncomingMessage } from 'node:http';
import { status as grpcCode } from '@grpc/grpc-js';
import type { Encoding, Signal } from '#proto/model/batch';
import type { Failure } from './failure.ts';
import { isContainerHost, isLoopbackHost, isLoopbackOrigin } from '#main/base/loopback-names';

const signals: ReadonlyMap<string, Signal> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/logs', 'logs'],
  ['/v1/metrics', 'metrics'],
]);
const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['application/x-protobuf', 'protobuf'],
  ['application/json', 'json'],
]);
const allPaths = 'OTLP/HTTP takes traces at /v1/traces, logs at /v1/logs and metrics at /v1/metrics';

export const allowedMethods = 'POST, OPTIONS';

/** What a request asks for, as far as its head says. */
export type Route = { kind: 'export'; signal: Signal; encoding: Encoding } | { kind: 'preflight' } | { kind: 'refused'; failure: Failure };

export function routeOf({ method, url, headers }: IncomingMessage): Route {
  if (!isLoopbackHost(headers.host) && !isContainerHost(headers.host))
    return refused(403, grpcCode.PERMISSION_DENIED, `The Host "${headers.host ?? ''}" is not a name of this machine's loopback.`);
  if (headers.origin !== undefined && !isLoopbackOrigin(headers.origin)) {
    return refused(
      403,
      grpcCode.PERMISSION_DENIED,
      `The Origin "${headers.origin}" is not a page of this machine; only pages on localhost may send telemetry.`,
    );
  }
  const path = pathOf(url);
  const signal = signals.get(path);
  if (signal === undefined) return refused(404, grpcCode.NOT_FOUND, adviceOn(path));
  if (method === 'OPTIONS') return { kind: 'preflight' };
  if (method !== 'POST') return refused(405, grpcCode.UNIMPLEMENTED, `Exports are sent with POST, not ${method ?? ''}.`);
  const encoding = encodingOf(headers['content-type']);
  if (encoding !== undefined) return { kind: 'export', signal, encoding };
  return refused(
    415,
    grpcCode.INVALID_ARGUMENT,
    `Unsupported Content-Type "${headers['content-type'] ?? ''}"; supported: ${[...encodings.keys()].join(', ')}.`,
  );
}

/** OTLP's encoding that a `Content-Type` names, whatever its case and parameters. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const [mediaType = ''] = (contentType ?? '').split(';', 1);
  return encodings.get(mediaType.trim().toLowerCase());
}

function pathOf(url: string | undefined): string {
  return URL.parse(url ?? '/', 'http://localhost')?.pathname ?? '/';
}

function adviceOn(path: string): string {
  if (path === '/') {
    return `There is nothing at "/"; did you mean /v1/traces? ${allPaths}. The endpoint of a single signal is used as it is, so it needs the whole path.`;
  }
  if (path.startsWith('/opentelemetry.proto.collector.'))
    return `"${path}" is a gRPC method, and this is the port of OTLP/HTTP. ${allPaths}.`;
  const near = [...signals.keys()].find((known) => path.startsWith(known) || path.endsWith(known.slice('/v1'.length)));
  const question = near === undefined ? '' : ` did you mean ${near}?`;
  return `There is nothing at "${path}";${question} ${allPaths}.`;
}

function refused(httpStatus: number, code: grpcCode, message: string): Route {
  return { kind: 'refused', failure: { httpStatus, status: { code, message } } };
}
