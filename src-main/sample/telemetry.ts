import type { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';

/** What the official serialisers take. */
export type SampleSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];
export type SampleLog = Parameters<typeof ProtobufLogsSerializer.serializeRequest>[0][number];

export interface Telemetry {
  /** First to last. */
  traceIds: string[];
  spans: SampleSpan[];
  logs: SampleLog[];
}
