import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { ScopedRecords } from '#proto/model/batch';
import { displayValue } from '#proto/model/display-value';
import type { Comparison, Query, QueryTerm } from '#proto/model/query';
import type { Resource, Scope } from '#proto/model/resource';
import type { Span, SpanEvent } from '#proto/model/span';
import { patternLike } from '#main/store/random-patterns.fixture';
import { attribute, plainScope, resourceOf, seededRandom, spanIdOf, spanOf, traceIdOf } from '#main/store/records.fixture';

/** Spans that look alike enough for a query to find some of them, and queries that ask for what they have. */

export type Random = () => number;

export function upTo(random: Random, end: number): number {
  return Math.floor(random() * end);
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[upTo(random, items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

const words = ['checkout', 'order', 'failed', 'Refused', 'timeout', 'card', 'ünïcödé', 'retry', '7975', 'ref'];
const services = ['api', 'worker', 'na me', '__proto__'];
/** Old and new names of the same thing, and plain ones. */
const keys = ['http.method', 'http.request.method', 'user.id', 'order-id', 'size', ''];
const names = ['GET /cart', 'GET /orders/{id}', 'SELECT orders', 'card check', ''];
const comparisons: readonly Comparison[] = ['=', '=', '=', '!=', '>', '>=', '<', '<='];
/** Around the places where the code of a duration changes, and far out. */
const durations = [0n, 1n, 999n, 1023n, 1024n, 1_000_000n, 1_000_001n, 200_000_000n, 999_999_999n, 1_000_000_000n, 7_200_000_000_000n];

function phrase(random: Random): string {
  return Array.from({ length: 1 + upTo(random, 4) }, () => pick(random, words)).join(pick(random, [' ', '-', '.', ' / ', '_']));
}

function someAttribute(random: Random): KeyValue {
  const value = pick<AnyValue>(random, [
    { stringValue: phrase(random) },
    { stringValue: pick(random, ['GET', 'get', 'GET ', 'a"b', '', '-', '12', ' 7 ', '1e3', '0x10', 'Infinity']) },
    { intValue: String(upTo(random, 5)) },
    { intValue: pick(random, ['-9223372036854775808', '9223372036854775807', '512']) },
    { doubleValue: pick(random, [0.5, 'NaN' as const, -1, 'Infinity' as const, '-0' as const]) },
    { boolValue: random() < 0.5 },
    { bytesValue: 'MTIz' },
    { arrayValue: { values: [{ stringValue: pick(random, words) }, { intValue: '3' }] } },
    {},
  ]);
  return attribute(pick(random, keys), value);
}

/** No two of the same key: such a list would be stored as it is, and shown as it is, but senders must not make one. */
function someAttributes(random: Random, most = 3): KeyValue[] {
  const byKey = new Map(Array.from({ length: upTo(random, most + 1) }, () => someAttribute(random)).map((one) => [one.key, one]));
  return [...byKey.values()];
}

export function someSource(random: Random): { resource: Resource; scope: Scope } {
  const seed = upTo(random, 8);
  const own = seededRandom(seed);
  const resource = resourceOf(pick(own, services), ...someAttributes(own));
  if (seed === 5) resource.attributes.shift();
  return { resource, scope: { ...plainScope, attributes: seed % 3 === 0 ? someAttributes(own) : [] } };
}

function someEvent(random: Random): SpanEvent {
  const attributes = [...someAttributes(random, 2), ...(random() < 0.3 ? [attribute('exception.type', 'OrderError')] : [])];
  return {
    timeUnixNano: String(1_700_000_000_000_000_000n + BigInt(upTo(random, 1e6))),
    name: phrase(random),
    attributes,
    droppedAttributesCount: 0,
  };
}

/** Of trace `trace`, with an id that no other call gives unless `spanId` is given. */
export function someSpan(random: Random, trace: number, spanId?: string): Span {
  const start = 1_700_000_000_000_000_000n + BigInt(trace) * 1_000_000_000n + BigInt(upTo(random, 1000));
  const duration = pick(random, durations) * (random() < 0.05 ? -1n : 1n);
  return spanOf({
    traceId: traceIdOf(trace),
    ...(spanId === undefined ? {} : { spanId }),
    parentSpanId: random() < 0.3 ? '' : spanIdOf(1 + upTo(random, 5000)),
    name: random() < 0.9 ? pick(random, names) : phrase(random),
    kind: random() < 0.05 ? 17 : upTo(random, 6),
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + duration),
    attributes: someAttributes(random),
    events: random() < 0.2 ? Array.from({ length: 1 + upTo(random, 3) }, () => someEvent(random)) : [],
    status: { code: random() < 0.05 ? 9 : upTo(random, 3), message: random() < 0.2 ? phrase(random) : '' },
  });
}

export type SpanGroup = ScopedRecords<Span>;

function someTerm(random: Random): QueryTerm {
  const kind = random();
  if (kind < 0.25) {
    const text = phrase(random);
    const prefix = random() < 0.3;
    return { kind: 'text', text: prefix ? text.slice(0, Math.max(1, text.length - 2)) : text, prefix };
  }
  if (kind < 0.35) return { kind: 'service', name: pick(random, [...services, '', 'nobody']) };
  if (kind < 0.42) return { kind: 'status', status: pick(random, ['error', 'ok', 'unset']) };
  if (kind < 0.48) return { kind: 'spanKind', spanKind: pick(random, [0, 1, 2, 3, 4, 5, 17]) };
  if (kind < 0.58) return { kind: 'duration', comparison: pick(random, comparisons), ns: String(pick(random, durations)) };
  if (kind < 0.65) return { kind: 'name', name: pick(random, [...names, 'nothing']) };
  const { key, value } = someAttribute(random);
  if (kind < 0.7) return { kind: 'attributeLike', key, pattern: patternLike(random, displayValue(value)) };
  if (kind < 0.72) return { kind: 'like', field: 'service', pattern: patternLike(random, pick(random, services)) };
  if (kind < 0.75) return { kind: 'like', field: 'name', pattern: patternLike(random, pick(random, names)) };
  if (kind < 0.78) return { kind: 'like', field: 'any', pattern: patternLike(random, phrase(random)) };
  if (kind < 0.79) return { kind: 'like', field: 'body', pattern: patternLike(random, phrase(random)) };
  if (kind < 0.82) return { kind: 'exists', key };
  return { kind: 'attribute', key, comparison: pick(random, comparisons), value: displayValue(value) };
}

export function someQuery(random: Random, depth = 2): Query {
  const kind = random();
  if (depth === 0 || kind < 0.35) return someTerm(random);
  if (kind < 0.45) return { kind: 'not', query: someQuery(random, depth - 1) };
  const of = Array.from({ length: upTo(random, 4) }, () => someQuery(random, depth - 1));
  return { kind: kind < 0.8 ? 'and' : 'or', of };
}
