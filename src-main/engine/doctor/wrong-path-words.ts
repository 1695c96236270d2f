import type { Mistake } from '#main/receive/mistake';
import type { Words } from './mistake-words.ts';

const signalPaths = [
  { path: '/v1/traces', variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', words: /\b(?:traces?|spans?)\b/i },
  { path: '/v1/logs', variable: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', words: /\blogs?\b/i },
  { path: '/v1/metrics', variable: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', words: /\bmetrics?\b/i },
] as const;

const collectorMethod = /\/opentelemetry\.proto\.collector\.(?:trace|logs|metrics)\.v1\.\w+\/Export$/;
const grpcMethod = /^\/[\w-]+(?:\.[\w-]+)+\/\w+$/;

/** A path is wrong in one of a few ways, each with a variable of its own. `detail` is the path, or the gRPC method. */
export function wrongPathWords({ port, detail }: Mistake, client: string): Words {
  const base = `http://localhost:${port}`;
  const endpoint = `OTEL_EXPORTER_OTLP_ENDPOINT=${base}`;
  const sent = { severity: 'error', message: `${client} sent to "${detail}" on port ${port}, where nothing is.` } as const;
  if (detail === '/') {
    const fix =
      'The endpoint of a single signal is used as it is, so it needs the whole path. To OTEL_EXPORTER_OTLP_ENDPOINT the SDK appends it by itself.';
    return {
      ...sent,
      fix,
      setting: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${base}/v1/traces\nOTEL_EXPORTER_OTLP_LOGS_ENDPOINT=${base}/v1/logs`,
    };
  }
  if (signalPaths.some(({ path }) => detail.endsWith(path)) || collectorMethod.test(detail.slice(1))) {
    return { ...sent, fix: 'SDKs append the path to the endpoint by themselves, so it must have none.', setting: endpoint };
  }
  if (collectorMethod.test(detail)) {
    const fix =
      'This is a method of gRPC, which was sent over HTTP/1.1: something in between does not speak HTTP/2. Send OTLP over HTTP instead.';
    return { ...sent, fix, setting: `OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n${endpoint}` };
  }
  if (grpcMethod.test(detail)) {
    const message = `${client} called "${detail}" on port ${port}, which is not a method of OTLP that Sidelight has.`;
    return {
      ...sent,
      message,
      fix: 'Traces, logs and metrics are taken over gRPC. Let the program export them with OTLP.',
      setting: endpoint,
    };
  }
  if (detail === '/loki/api/v1/push') {
    return {
      ...sent,
      message: `${client} sent log lines for Loki to port ${port}, which takes OTLP.`,
      fix: 'Send the logs with OTLP instead.',
      setting: `OTEL_LOGS_EXPORTER=otlp\n${endpoint}`,
    };
  }
  const near = signalPaths.find(({ words }) => words.test(detail));
  if (near === undefined) {
    return {
      ...sent,
      fix: 'Traces go to /v1/traces, logs to /v1/logs, metrics to /v1/metrics; SDKs know that if the endpoint has no path.',
      setting: endpoint,
    };
  }
  return {
    ...sent,
    fix: `The path is ${near.path}; SDKs know that if the endpoint has no path.`,
    setting: `${near.variable}=${base}${near.path}`,
  };
}
