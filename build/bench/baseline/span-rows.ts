import { traceRequestType } from '../workload/protobuf-types.ts';
import type { SpanRow } from './row-store.ts';

/** What protobufjs makes of the fields that are read here; unset ones have their defaults. */
interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: Long;
  doubleValue?: number;
  value?: string;
}

interface Long {
  low: number;
  high: number;
  toString(): string;
}

interface KeyValue {
  key: string;
  value: AnyValue;
}

interface Span {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  name: string;
  kind: number;
  startTimeUnixNano: Long;
  endTimeUnixNano: Long;
  attributes: KeyValue[];
  events: { name: string; timeUnixNano: Long; attributes: KeyValue[] }[];
  status: { code: number } | null;
}

interface Request {
  resourceSpans: { resource: { attributes: KeyValue[] } | null; scopeSpans: { spans: Span[] }[] }[];
}

export function spanRowsOf(payload: Buffer): SpanRow[] {
  const { resourceSpans } = traceRequestType.decode(payload) as unknown as Request;
  const rows: SpanRow[] = [];
  for (const { resource, scopeSpans } of resourceSpans) {
    const attributes = toObject(resource?.attributes ?? []);
    const source = { service: String(attributes['service.name'] ?? ''), resource: JSON.stringify(attributes) };
    for (const { spans } of scopeSpans) for (const span of spans) rows.push(toRow(span, source));
  }
  return rows;
}

function toRow(span: Span, { service, resource }: { service: string; resource: string }): SpanRow {
  const startNs = toBigInt(span.startTimeUnixNano);
  return [
    span.traceId,
    span.spanId,
    // The default of an unset field is an array.
    Buffer.from(span.parentSpanId),
    service,
    span.name,
    span.kind,
    startNs,
    Number(toBigInt(span.endTimeUnixNano) - startNs),
    span.status?.code ?? 0,
    JSON.stringify(toObject(span.attributes)),
    span.events.length === 0
      ? '[]'
      : JSON.stringify(
          span.events.map(({ name, timeUnixNano, attributes }) => ({
            name,
            time: timeUnixNano.toString(),
            attributes: toObject(attributes),
          })),
        ),
    resource,
  ];
}

function toObject(attributes: readonly KeyValue[]): Record<string, string | number | boolean> {
  const object = Object.create(null) as Record<string, string | number | boolean>;
  for (const { key, value } of attributes) object[key] = toPlain(value);
  return object;
}

function toPlain(value: AnyValue): string | number | boolean {
  switch (value.value ?? '') {
    case 'stringValue':
      return value.stringValue ?? '';
    case 'intValue':
      return Number(value.intValue);
    case 'doubleValue':
      return value.doubleValue ?? 0;
    case 'boolValue':
      return value.boolValue ?? false;
    default:
      return JSON.stringify(value);
  }
}

function toBigInt({ low, high }: Long): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
