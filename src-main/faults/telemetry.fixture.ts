import { randomBytes } from 'node:crypto';
import type { JsonMessage } from '#main/decode/fixtures/encode';

/** Plain telemetry for requests in OTLP/JSON, the form that both encodings are made of. */

export const newTraceId = (): string => randomBytes(16).toString('hex');
export const spanIdOf = (number: number): string => (number + 1).toString(16).padStart(16, '0');

export interface SpanFields {
  traceId: string;
  spanId: string;
  [field: string]: unknown;
}

export function spanOf(traceId: string, number: number, fields: object = {}): SpanFields {
  const startNs = 1_790_000_000_000_000_000n + BigInt(number);
  const times = { startTimeUnixNano: String(startNs), endTimeUnixNano: String(startNs + 1000n) };
  return { traceId, spanId: spanIdOf(number), name: `span ${number}`, kind: 1, ...times, ...fields };
}

/** Spans of one trace, the first of which is the root of all. */
export function traceOf(traceId: string, count: number, fields: object = {}): SpanFields[] {
  return Array.from({ length: count }, (_, number) =>
    spanOf(traceId, number, { ...(number > 0 && { parentSpanId: spanIdOf(0) }), ...fields }),
  );
}

export function spansRequest(spans: readonly object[], service = 'api'): JsonMessage {
  return { resourceSpans: [{ resource: resourceOf(service), scopeSpans: [{ spans }] }] } as unknown as JsonMessage;
}

export function logsRequest(logRecords: readonly object[], service = 'api'): JsonMessage {
  return { resourceLogs: [{ resource: resourceOf(service), scopeLogs: [{ logRecords }] }] } as unknown as JsonMessage;
}

export function attribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } };
}

function resourceOf(service: string): object {
  return { attributes: [attribute('service.name', service)] };
}
