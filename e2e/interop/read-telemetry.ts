import assert from 'node:assert/strict';
import type { z } from 'zod';
import type { LogItem, SpanDetail } from '#proto/bridge/shapes';
import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';

/** The records of the API, read for claims about them. */

type Span = z.infer<typeof SpanDetail>;
type Log = z.infer<typeof LogItem>;
type Attributed = { attributes: readonly KeyValue[] };

/** An attribute as a person reads it; undefined where there is none. */
export function attribute({ attributes }: Attributed, key: string): string | undefined {
  const found = attributes.find((candidate) => candidate.key === key);
  return found && displayValue(found.value);
}

export const serviceOf = ({ resource }: Span): string | undefined => attribute(resource, 'service.name');

export const bodyOf = ({ body }: Log): string => (body === undefined ? '' : displayValue(body));

export interface SpanDescription {
  name?: string | RegExp;
  service?: string;
  kind?: number;
  /** Attributes, as a person reads them. */
  attributes?: Record<string, string>;
}

/** The one span that is described; fails, with what is there, where there is none or there are several. */
export function theSpan(spans: readonly Span[], wanted: SpanDescription): Span {
  const found = spans.filter((span) => fits(span, wanted));
  const [span] = found;
  assert.ok(
    span !== undefined && found.length === 1,
    `${found.length} spans are ${describe(wanted)} among\n${spans.map((each) => `  ${serviceOf(each)}: ${each.name} (kind ${each.kind})`).join('\n')}`,
  );
  return span;
}

/** The one log record whose body fits. */
export function theLog(logs: readonly Log[], body: string | RegExp): Log {
  const found = logs.filter((log) => matches(bodyOf(log), body));
  const [log] = found;
  assert.ok(
    log !== undefined && found.length === 1,
    `${found.length} logs say ${body} among\n${logs.map((each) => `  ${bodyOf(each)}`).join('\n')}`,
  );
  return log;
}

/** Each span is the child of the one before it. */
export function assertChain(spans: readonly Span[]): void {
  for (const [index, span] of spans.entries())
    if (index > 0) assert.equal(span.parentSpanId, spans[index - 1]?.spanId, `the parent of ${span.name} is ${spans[index - 1]?.name}`);
}

/** Each span lies below the one before it, whatever spans an instrumentation puts in between. */
export function assertDescent(all: readonly Span[], spans: readonly Span[]): void {
  for (const [index, span] of spans.entries()) {
    const above = spans[index - 1];
    if (above !== undefined) assert.ok(isBelow(all, span, above.spanId), `${span.name} lies below ${above.name}`);
  }
}

function isBelow(all: readonly Span[], { parentSpanId }: Span, above: string): boolean {
  if (parentSpanId === above) return true;
  const parent = all.find(({ spanId }) => spanId === parentSpanId);
  return parent !== undefined && isBelow(all, parent, above);
}

/** The span that a log record lies in. */
export function spanOf(log: Log, spans: readonly Span[]): Span {
  const span = spans.find(({ traceId, spanId }) => traceId === log.contextTraceId && spanId === log.contextSpanId);
  assert.ok(span !== undefined, `the span of the log record "${bodyOf(log)}" is in the trace`);
  return span;
}

/** The record lies in this very span. */
export function assertWithin(log: Log, span: Span): void {
  assert.equal(log.contextTraceId, span.traceId, 'the trace of the log record');
  assert.equal(log.contextSpanId, span.spanId, 'the span of the log record');
}

export function assertAttributes(record: Attributed, wanted: Record<string, string | RegExp>): void {
  for (const [key, value] of Object.entries(wanted)) {
    const actual = attribute(record, key);
    assert.ok(actual !== undefined && matches(actual, value), `${key} is ${actual}, not ${value}`);
  }
}

function fits(span: Span, { name, service, kind, attributes = {} }: SpanDescription): boolean {
  return (
    (name === undefined || matches(span.name, name)) &&
    (service === undefined || serviceOf(span) === service) &&
    (kind === undefined || span.kind === kind) &&
    Object.entries(attributes).every(([key, value]) => attribute(span, key) === value)
  );
}

const matches = (text: string, wanted: string | RegExp): boolean => (typeof wanted === 'string' ? text === wanted : wanted.test(text));

const describe = (wanted: SpanDescription): string =>
  JSON.stringify(wanted, (_, value: unknown) => (value instanceof RegExp ? String(value) : value));
