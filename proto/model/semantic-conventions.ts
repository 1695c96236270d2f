import type { AnyValue, KeyValue } from './any-value.ts';
import { attributeRenames } from './attribute-renames.ts';
import { spanIdPattern, traceIdPattern, type SpanId, type TraceId } from './ids.ts';
import type { LogRecord } from './log.ts';

const namesByKey = new Map<string, Set<string>>();
for (const row of attributeRenames) {
  for (const key of row) {
    const names = namesByKey.get(key) ?? new Set();
    for (const name of row) names.add(name);
    namesByKey.set(key, names);
  }
}
const equivalentNames: ReadonlyMap<string, readonly string[]> = new Map([...namesByKey].map(([key, names]) => [key, [...names]]));

/** `key` and what it is or was called in other generations of the semantic conventions, newest first. What was sent is never rewritten: ask for all of these. */
export function attributeNames(key: string): readonly string[] {
  return equivalentNames.get(key) ?? [key];
}

/** The value of `key` under its newest name that is there. Of duplicate keys the last counts. */
export function findAttribute(attributes: readonly KeyValue[], key: string): AnyValue | undefined {
  for (const name of attributeNames(key)) {
    const attribute = attributes.findLast((candidate) => candidate.key === name);
    if (attribute) return attribute.value;
  }
  return undefined;
}

/** Whether an event, a log record or a span carries an exception (semantic conventions, "Exceptions"). */
export function hasException(attributes: readonly KeyValue[]): boolean {
  return exceptionKeys.some((key) => textAttribute(attributes, key) !== '');
}

const exceptionKeys = ['exception.type', 'exception.message', 'exception.stacktrace'] as const;

/** Under which names logging integrations write the ids of the current span: OpenTelemetry Python, Logback MDC and others, JavaScript loggers, Datadog. */
const contextKeys = [
  { trace: 'otelTraceID', span: 'otelSpanID' },
  { trace: 'trace_id', span: 'span_id' },
  { trace: 'traceId', span: 'spanId' },
  { trace: 'dd.trace_id', span: 'dd.span_id' },
];

const serviceKey = 'otelServiceName';

/** Keys of all attributes that `logContext` and `logServiceName` look at. */
export const logNoteKeys: readonly string[] = [...contextKeys.flatMap(({ trace, span }) => [trace, span]), serviceKey];

export interface LogContext {
  /** Both empty where there is none. */
  traceId: TraceId;
  spanId: SpanId;
}

/**
 * The span in which a record was logged: its own ids, else those that a logging integration left in attributes, if they are valid ("0" is Python's way to say "none").
 * Ids of two traces are never mixed.
 */
export function logContext(record: Pick<LogRecord, 'traceId' | 'spanId' | 'attributes'>): LogContext {
  const { traceId, spanId } = record;
  if (traceId !== '' && spanId !== '') return { traceId, spanId };
  const found = contextInAttributes(record.attributes);
  return found && (traceId === '' || traceId === found.traceId) ? found : { traceId, spanId };
}

function contextInAttributes(attributes: readonly KeyValue[]): LogContext | undefined {
  for (const { trace, span } of contextKeys) {
    const traceId = textAttribute(attributes, trace).toLowerCase();
    if (!traceIdPattern.test(traceId)) continue;
    const spanId = textAttribute(attributes, span).toLowerCase();
    return { traceId, spanId: spanIdPattern.test(spanId) ? spanId : '' };
  }
  return undefined;
}

/** The service as OpenTelemetry Python's logging integration left it on the record, for resources that name none; empty where it did not. */
export function logServiceName(record: Pick<LogRecord, 'attributes'>): string {
  return textAttribute(record.attributes, serviceKey);
}

/** The last text under `key`: what a reader of duplicate keys that keeps one would see. Empty where there is none. */
export function textAttribute(attributes: readonly KeyValue[], key: string): string {
  const value = attributes.findLast((candidate) => candidate.key === key)?.value;
  return value !== undefined && 'stringValue' in value ? value.stringValue : '';
}
