import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';

export type Span = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];
export type Log = Parameters<typeof ProtobufLogsSerializer.serializeRequest>[0][number];

const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED };
const resource: Span['resource'] = { attributes: { 'service.name': 'checkout' }, merge: () => resource, getRawAttributes: () => [] };
const instrumentationScope = { name: 'test' };

/** As an SDK gives them to its exporters. */
export const span: Span = {
  name: 'GET /quotes',
  kind: SpanKind.SERVER,
  spanContext: () => context,
  startTime: [1_800_000_000, 1],
  endTime: [1_800_000_001, 2],
  duration: [1, 1],
  status: { code: SpanStatusCode.UNSET },
  attributes: {},
  links: [],
  events: [],
  ended: true,
  resource,
  instrumentationScope,
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
};

/** Written within `span`. */
export const log: Log = {
  hrTime: [1_800_000_000, 1],
  hrTimeObserved: [1_800_000_000, 2],
  spanContext: context,
  body: 'quote sent',
  attributes: {},
  resource,
  instrumentationScope,
  droppedAttributesCount: 0,
};
