import { encodeTraces } from '#main/decode/walk/encode';
import type { ScopedRecords } from '#proto/model/batch';
import type { Span } from '#proto/model/span';
import type { Converted } from './foreign/converted.ts';
import { convertJaeger, isJaegerTrace } from './foreign/jaeger.ts';
import { fieldOf, fieldsOf, listOf } from './foreign/values.ts';
import { convertZipkin, isZipkinSpan } from './foreign/zipkin.ts';
import { contentOf, signals } from './json-content.ts';
import type { Format, Payload, Problem } from './payload.ts';

/** Spans of one payload that is made of another format. */
const mostSpans = 4096;

/** A number that a double may not hold: 17 digits, or 16 from 9 on, which no time in microseconds has. To look at each value for it would take several times as long as parsing. */
const longInteger = /[:[,\s-](?:[1-9]\d{16}|9\d{15})/;

/** Parses a text in which integers are kept to the last digit: those that a double does not hold are bigints. */
export function parseExact(text: string): unknown {
  return longInteger.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
}

function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return source.length <= 21 && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** Which format a parsed JSON value is of; undefined where it is none. */
export function formatOf(value: unknown): Format | undefined {
  if (signals.some((signal) => contentOf(value, signal) !== undefined)) return 'OTLP JSON';
  if (jaegerTraces(value).length > 0) return 'Jaeger JSON';
  return zipkinTraces(value).length > 0 ? 'Zipkin JSON' : undefined;
}

/** A Jaeger value as payloads: one trace, or what its API answers. */
export function* jaegerPayloads(value: unknown, place: string): Generator<Payload | Problem> {
  for (const [index, trace] of jaegerTraces(value).entries()) {
    if (isJaegerTrace(trace)) yield* payloadsOf(convertJaeger(trace), 'Jaeger JSON', place);
    else yield { place: `${place}, trace ${index + 1}`, message: 'has no traceID and spans' };
  }
}

/** A list of Zipkin spans, or of traces that are such lists, as payloads. */
export function* zipkinPayloads(value: unknown, place: string): Generator<Payload | Problem> {
  for (const [index, spans] of zipkinTraces(value).entries()) {
    if (Array.isArray(spans)) yield* payloadsOf(convertZipkin(spans), 'Zipkin JSON', place);
    else yield { place: `${place}, trace ${index + 1}`, message: 'is no list of spans' };
  }
}

/** Empty where none of it is one. */
function jaegerTraces(value: unknown): readonly unknown[] {
  if (isJaegerTrace(value)) return [value];
  const data = listOf(fieldOf(fieldsOf(value), 'data'));
  const traces = data.length > 0 ? data : listOf(value);
  return traces.some(isJaegerTrace) ? traces : [];
}

function zipkinTraces(value: unknown): readonly unknown[] {
  const list = listOf(value);
  if (list.some(isZipkinSpan)) return [list];
  return list.some((inner) => listOf(inner).some(isZipkinSpan)) ? list : [];
}

function* payloadsOf({ groups, problems }: Converted, format: Format, place: string): Generator<Payload | Problem> {
  for (const { span, message } of problems) yield { place: `${place}, span ${span}`, message };
  for (const part of parted(groups)) {
    const spans = part.flatMap(({ items }) => items);
    const content = { records: spans.length, traceIds: [...new Set(spans.map(({ traceId }) => traceId))] };
    yield { signal: 'traces', contentType: 'application/x-protobuf', format, body: encodeTraces(part), place, content };
  }
}

/** In parts of at most `mostSpans`. */
function* parted(groups: readonly ScopedRecords<Span>[]): Generator<ScopedRecords<Span>[]> {
  let part: ScopedRecords<Span>[] = [];
  let room = mostSpans;
  for (const group of groups) {
    for (let from = 0; from < group.items.length;) {
      const items = group.items.slice(from, from + room);
      part.push({ ...group, items });
      from += items.length;
      room -= items.length;
      if (room > 0) continue;
      yield part;
      part = [];
      room = mostSpans;
    }
  }
  if (part.length > 0) yield part;
}
