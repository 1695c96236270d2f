import type { IncomingHttpHeaders } from 'node:http';
import type { Sighting } from './port-context.ts';

/** What is said to a request that is not an export, and how it is called for the person who set its sender up. */
export interface Advice {
  kind: Sighting['kind'];
  message: string;
}

const signalPaths = ['/v1/traces', '/v1/logs', '/v1/metrics'] as const;
const wordsOf = { '/v1/traces': /\b(?:traces?|spans?)\b/i, '/v1/logs': /\blogs?\b/i, '/v1/metrics': /\bmetrics?\b/i };
const allPaths = 'OTLP/HTTP takes traces at /v1/traces, logs at /v1/logs and metrics at /v1/metrics';

const zipkin: Advice = { kind: 'zipkin', message: `Zipkin's spans are not taken here. Let the service export OTLP instead: ${allPaths}.` };
const jaeger: Advice = {
  kind: 'jaeger-thrift',
  message: `Jaeger's Thrift is not taken here. Let the service export OTLP instead: ${allPaths}.`,
};
const remoteWrite: Advice = {
  kind: 'prometheus-remote-write',
  message: `Prometheus remote write is not taken here. Let the service export OTLP instead: ${allPaths}.`,
};
const loki: Advice = {
  kind: 'wrong-path',
  message: `Loki's log lines are not taken here. Let the service export OTLP instead: ${allPaths}.`,
};

const otherProtocols: ReadonlyMap<string, Advice> = new Map([
  ['/api/v1/spans', zipkin],
  ['/api/v2/spans', zipkin],
  ['/api/traces', jaeger],
  ['/api/v1/write', remoteWrite],
  ['/api/v1/push', remoteWrite],
  ['/loki/api/v1/push', loki],
]);
const thriftTypes = /^application\/(?:x-thrift|vnd\.apache\.thrift\.)/i;

/** A protocol for telemetry that is not OTLP, by its path wherever it is sent, else by headers that only it has. */
export function otherProtocol(path: string, headers: IncomingHttpHeaders): Advice | undefined {
  const byPath = otherProtocols.get(path);
  if (byPath !== undefined) return byPath;
  if (thriftTypes.test(headers['content-type'] ?? '')) return jaeger;
  return headers['x-prometheus-remote-write-version'] === undefined ? undefined : remoteWrite;
}

/** For a path that has nothing. SDKs never send a slash at the end by themselves, and the Collector refuses it, too: it is said rather than overlooked. */
export function wrongPath(path: string): Advice {
  return { kind: 'wrong-path', message: adviceOn(path) };
}

function adviceOn(path: string): string {
  if (path === '/') {
    return `There is nothing at "/"; did you mean /v1/traces? ${allPaths}. The endpoint of a single signal is used as it is, so it needs the whole path.`;
  }
  if (path.startsWith('/opentelemetry.proto.collector.')) return `"${path}" is a gRPC method, and gRPC needs HTTP/2. ${allPaths}.`;
  const appended = signalPaths.find((known) => path.endsWith(known));
  if (appended !== undefined) {
    return `There is nothing at "${path}"; did you mean ${appended}? SDKs append it to OTEL_EXPORTER_OTLP_ENDPOINT by themselves, so that the endpoint has no path. ${allPaths}.`;
  }
  const near = signalPaths.find((known) => wordsOf[known].test(path));
  const question = near === undefined ? '' : ` did you mean ${near}?`;
  return `There is nothing at "${path}";${question} ${allPaths}.`;
}
