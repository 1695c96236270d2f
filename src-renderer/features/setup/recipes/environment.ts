import type { Place, Variable } from './recipe.ts';

/** OpenTelemetry's own variables, most important first (OpenTelemetry specification, "OpenTelemetry Protocol Exporter" and "Environment Variable Specification"). */
export const overGrpc = ({ service, grpcUrl }: Place): Variable[] => [
  ['OTEL_SERVICE_NAME', service],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', grpcUrl],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
];

export const overHttp = ({ service, httpUrl }: Place): Variable[] => [
  ['OTEL_SERVICE_NAME', service],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', httpUrl],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
];

export const shortSpanDelay: Variable = ['OTEL_BSP_SCHEDULE_DELAY', '500'];

/** SDKs send spans every five seconds and logs every second or five; this suits a person who is watching. */
export const shortDelays: readonly Variable[] = [shortSpanDelay, ['OTEL_BLRP_SCHEDULE_DELAY', '500']];
