import { randomBytes } from 'node:crypto';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { selfTestService } from '#proto/bridge/doctor';

export interface SelfTestSpan {
  traceId: string;
  spanId: string;
  payload: Uint8Array<ArrayBuffer>;
}

type Span = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];

/** One span as an SDK would send it, written by OpenTelemetry's own encoder. */
export function createSelfTestSpan(name: string, traceId: string, nowMs: number): SelfTestSpan {
  const spanId = randomBytes(8).toString('hex');
  const attributes = { 'service.name': selfTestService };
  const resource: Span['resource'] = { attributes, merge: () => resource, getRawAttributes: () => Object.entries(attributes) };
  const time: [number, number] = [Math.floor(nowMs / 1000), (nowMs % 1000) * 1_000_000];
  const span: Span = {
    resource,
    instrumentationScope: { name: 'sidelight' },
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
    startTime: time,
    endTime: time,
    duration: [0, 0],
    ended: true,
    status: { code: SpanStatusCode.OK },
    attributes: {},
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
  return { traceId, spanId, payload: new Uint8Array(ProtobufTraceSerializer.serializeRequest([span]) ?? []) };
}
