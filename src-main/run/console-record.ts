import { stripVTControlCharacters } from 'node:util';
import { spanIdPattern, traceIdPattern } from '#proto/model/ids';
import { timeOf, timeOfMs } from './line-time.ts';
import type { Line } from './line-splitter.ts';
import { severityOfLevel, severityOfLine, severityOfWord, type Severity } from './severity.ts';

type AnyValue = { stringValue: string } | { boolValue: boolean } | { intValue: string } | { doubleValue: number };

/** A LogRecord in OTLP/JSON (logs.proto). */
export interface ConsoleRecord {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber?: number;
  severityText?: string;
  body: AnyValue;
  attributes: { key: string; value: AnyValue }[];
  traceId?: string;
  spanId?: string;
}

export type Stream = 'stdout' | 'stderr';

/** A JSON line with more fields than this is no record of a logger. */
const mostFields = 128;

const levelKeys = ['level', 'levelname', 'severity', 'severityText', 'severity_text', 'log.level', 'lvl'];
const messageKeys = ['msg', 'message', 'event', 'body'];
const timeKeys = ['time', 'timestamp', '@timestamp', 'ts', 'asctime'];
const traceKeys = ['trace_id', 'traceId', 'traceID', 'otelTraceID', 'trace.id'];
const spanKeys = ['span_id', 'spanId', 'spanID', 'otelSpanID', 'span.id'];

/** What a program printed, as a log record; undefined for a line without text. `nowMs` is when it was read. */
export function consoleRecord({ text, isCut }: Line, stream: Stream, nowMs: number): ConsoleRecord | undefined {
  const line = visible(text);
  if (line === '') return undefined;
  const now = String(BigInt(nowMs) * 1_000_000n);
  const attributes = [attribute('log.iostream', stream), ...(isCut ? [attribute('sidelight.line.cut', true)] : [])];
  const base = { timeUnixNano: now, observedTimeUnixNano: now, body: { stringValue: line }, attributes };
  const fields = isCut ? undefined : fieldsOf(line);
  return fields === undefined ? textRecord(base, line, nowMs) : fieldsRecord(base, fields, nowMs);
}

/** As a terminal shows it in the end: without colours, and of a line that was written over only the last state. */
function visible(text: string): string {
  const plain = stripVTControlCharacters(text).trimEnd();
  return plain.slice(plain.lastIndexOf('\r') + 1);
}

function textRecord(base: ConsoleRecord, line: string, nowMs: number): ConsoleRecord {
  const start = /^[[(]?/.exec(line)?.[0].length ?? 0;
  const time = timeOf(line.slice(start), nowMs);
  return { ...base, ...severity(severityOfLine(line)), ...(time === undefined ? {} : { timeUnixNano: String(time) }) };
}

/** The fields of a structured logger's line. Every one of them stays searchable as an attribute. */
function fieldsRecord(base: ConsoleRecord, fields: ReadonlyMap<string, unknown>, nowMs: number): ConsoleRecord {
  const message = firstOf(fields, messageKeys, (value) => (typeof value === 'string' && value !== '' ? value : undefined));
  const level = firstOf(fields, levelKeys, (value) => severityOfField(value));
  const time = firstOf(fields, timeKeys, (value) =>
    typeof value === 'string' ? timeOf(value, nowMs) : typeof value === 'number' ? timeOfMs(value, nowMs) : undefined,
  );
  return {
    ...base,
    ...(message === undefined ? {} : { body: { stringValue: message } }),
    ...(time === undefined ? {} : { timeUnixNano: String(time) }),
    ...severity(level),
    ...context(fields),
    attributes: [...base.attributes, ...[...fields].map(([key, value]) => ({ key, value: anyValue(value) }))],
  };
}

/** A span without its trace leads nowhere. */
function context(fields: ReadonlyMap<string, unknown>): Pick<ConsoleRecord, 'traceId' | 'spanId'> {
  const traceId = firstOf(fields, traceKeys, idOf(traceIdPattern));
  const spanId = firstOf(fields, spanKeys, idOf(spanIdPattern));
  if (traceId === undefined) return {};
  return { traceId, ...(spanId === undefined ? {} : { spanId }) };
}

function idOf(pattern: RegExp): (value: unknown) => string | undefined {
  return (value) => {
    const id = typeof value === 'string' ? value.toLowerCase() : '';
    return pattern.test(id) ? id : undefined;
  };
}

function severityOfField(value: unknown): Severity | undefined {
  if (typeof value === 'number') return severityOfLevel(value);
  return typeof value === 'string' ? severityOfWord(value) : undefined;
}

function severity(found: Severity | undefined): Pick<ConsoleRecord, 'severityNumber' | 'severityText'> {
  return found === undefined ? {} : { severityNumber: found.number, severityText: found.text };
}

function firstOf<Value>(
  fields: ReadonlyMap<string, unknown>,
  keys: readonly string[],
  read: (value: unknown) => Value | undefined,
): Value | undefined {
  for (const key of keys) {
    const value = read(fields.get(key));
    if (value !== undefined) return value;
  }
  return undefined;
}

function fieldsOf(line: string): Map<string, unknown> | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  try {
    const fields = Object.entries(JSON.parse(line) as object);
    return fields.length === 0 || fields.length > mostFields ? undefined : new Map(fields);
  } catch {
    // A line that only looks like JSON: text.
    return undefined;
  }
}

function attribute(key: string, value: unknown): { key: string; value: AnyValue } {
  return { key, value: anyValue(value) };
}

function anyValue(value: unknown): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  if (typeof value === 'number') return { doubleValue: value };
  return { stringValue: JSON.stringify(value) };
}
