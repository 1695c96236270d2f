import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { LogRecord } from '#proto/model/log';
import type { Comparison, PatternField, Query, QueryTerm } from '#proto/model/query';
import type { Resource, Scope } from '#proto/model/resource';
import { fitsPlainly, patternLike } from '../../random-patterns.fixture.ts';
import { attribute, logOf, plainScope, resourceOf, seededRandom, spanIdOf, traceIdOf } from '../../records.fixture.ts';

/** Log records that look alike enough for a query to find some of them, and what a plain reading of `docs/query-language.md` finds among them. */

export type Random = () => number;

export interface SentLog {
  id: number;
  timeNs: bigint;
  record: LogRecord;
  resource: Resource;
  scope: Scope;
  /** Words of each field. */
  fields: string[][];
  attributes: KeyValue[];
}

const words = ['checkout', 'order', 'failed', 'Refused', 'timeout', 'card', 'ünïcödé', 'retry', '7975', 'true'];
const services = ['api', 'worker', 'na me', '__proto__'];
/** Old and new names of the same thing, and plain ones. */
const keys = ['http.method', 'http.request.method', 'user.id', 'order-id', ''];

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

const upTo = (random: Random, end: number): number => Math.floor(random() * end);

function phrase(random: Random): string {
  return Array.from({ length: 1 + upTo(random, 4) }, () => pick(random, words)).join(pick(random, [' ', '-', '.', ' / ']));
}

function someAttribute(random: Random): KeyValue {
  const value = pick<AnyValue>(random, [
    { stringValue: phrase(random) },
    { stringValue: pick(random, ['GET', 'get', 'GET ', 'a"b', '', '-', '12', ' 7 ']) },
    { intValue: pick(random, ['0', '3', '7975', '-7975', '79750', '9007199254740993']) },
    { doubleValue: pick(random, [0.5, 'NaN' as const, -1, 0.7975]) },
    { boolValue: random() < 0.5 },
    { arrayValue: { values: [{ stringValue: pick(random, words) }] } },
    {},
  ]);
  return attribute(pick(random, keys), value);
}

function someAttributes(random: Random): KeyValue[] {
  return Array.from({ length: upTo(random, 3) }, () => someAttribute(random));
}

export function someSource(random: Random): { resource: Resource; scope: Scope } {
  const seed = upTo(random, 12);
  const own = seededRandom(seed);
  const resource = resourceOf(pick(own, services), ...someAttributes(own));
  if (seed === 5) resource.attributes.shift();
  return { resource, scope: { ...plainScope, attributes: seed % 3 === 0 ? someAttributes(own) : [] } };
}

const day = 86_400_000_000_000n;
const around = 1_700_000_000_000_000_000n;

/** Mostly of one minute; some of 2018 or 2100, some without a time, and one in a while at either end of what 64 bits hold. */
export function someLog(random: Random): LogRecord {
  const kind = random();
  const minute = around + BigInt(upTo(random, 60_000));
  const time =
    kind < 0.05 ? 0n : kind < 0.07 ? minute - 1900n * day : kind < 0.09 ? minute + 28_000n * day : kind < 0.095 ? 2n ** 64n - 1n : minute;
  const inTrace = random() < 0.5;
  return logOf({
    timeUnixNano: String(time),
    observedTimeUnixNano: random() < 0.3 ? '0' : String(minute),
    severityNumber: random() < 0.02 ? 30 : upTo(random, 25),
    severityText: pick(random, ['INFO', 'warn', '']),
    body: pick<AnyValue>(random, [{ stringValue: phrase(random) }, { kvlistValue: { values: someAttributes(random) } }, {}]),
    attributes: [...someAttributes(random), ...(random() < 0.1 ? [attribute('otelServiceName', pick(random, services))] : [])],
    traceId: inTrace ? traceIdOf(1 + upTo(random, 5)) : '',
    spanId: inTrace && random() < 0.8 ? spanIdOf(1 + upTo(random, 5)) : '',
    eventName: random() < 0.1 ? phrase(random) : '',
    flags: upTo(random, 2),
  });
}

/** A record as it will be stored, given its place in the order of arrival. */
export function sentLog(id: number, receivedNs: bigint, record: LogRecord, resource: Resource, scope: Scope): SentLog {
  const [time, observed] = [BigInt(record.timeUnixNano), BigInt(record.observedTimeUnixNano)];
  const texts = [record.body === undefined ? '' : displayValue(record.body), record.severityText, record.eventName];
  return {
    id,
    timeNs: time === 0n ? (observed === 0n ? receivedNs : observed) : time,
    record,
    resource,
    scope,
    fields: [...texts, ...record.attributes.map(({ key, value }) => `${key} ${displayValue(value)}`)].map(tokens),
    attributes: [...record.attributes, ...resource.attributes, ...scope.attributes],
  };
}

export function serviceOf({ record, resource }: SentLog): string {
  const named = resource.attributes.findLast(({ key }) => key === 'service.name');
  const implied = record.attributes.findLast(({ key }) => key === 'otelServiceName');
  return displayValue(named?.value ?? implied?.value ?? {});
}

function someTerm(random: Random): QueryTerm {
  const kind = random();
  if (kind < 0.4) {
    const text = phrase(random);
    const prefix = random() < 0.3;
    return { kind: 'text', text: prefix ? text.slice(0, Math.max(1, text.length - 2)) : text, prefix };
  }
  if (kind < 0.55) return { kind: 'service', name: pick(random, [...services, 'nobody']) };
  if (kind < 0.65) return { kind: 'severity', comparison: pick(random, comparisons), severity: upTo(random, 25) };
  const { key, value } = someAttribute(random);
  if (kind < 0.7) return { kind: 'attributeLike', key, pattern: patternLike(random, displayValue(value)) };
  if (kind < 0.72) return { kind: 'like', field: 'service', pattern: patternLike(random, pick(random, services)) };
  if (kind < 0.77) return { kind: 'like', field: pick(random, ['body', 'any', 'name']), pattern: patternLike(random, phrase(random)) };
  if (kind < 0.82) return { kind: 'exists', key };
  return { kind: 'attribute', key, comparison: pick(random, comparisons), value: displayValue(value) };
}

const comparisons: readonly Comparison[] = ['=', '=', '=', '!=', '>', '>=', '<', '<='];

export function someQuery(random: Random, depth = 2): Query {
  const kind = random();
  if (depth === 0 || kind < 0.3) return someTerm(random);
  if (kind < 0.4) return { kind: 'not', query: someQuery(random, depth - 1) };
  const of = Array.from({ length: upTo(random, 4) }, () => someQuery(random, depth - 1));
  return { kind: kind < 0.75 ? 'and' : 'or', of };
}

export function meets(log: SentLog, query: Query): boolean {
  switch (query.kind) {
    case 'and':
      return query.of.every((part) => meets(log, part));
    case 'or':
      return query.of.some((part) => meets(log, part));
    case 'not':
      return !meets(log, query.query);
    case 'text':
      return log.fields.some((field) => holdsPhrase(field, tokens(query.text), query.prefix));
    case 'service':
      return serviceOf(log) === query.name;
    case 'severity':
      return holds(log.record.severityNumber, query.comparison, query.severity);
    case 'exists':
      return valuesOf(log, query.key).length > 0;
    case 'attribute':
      return meetsAttribute(valuesOf(log, query.key), query);
    case 'attributeLike':
      return valuesOf(log, query.key).some((value) => fitsPlainly(displayValue(value), query.pattern));
    case 'like':
      return patternTexts(log, query.field).some((text) => fitsPlainly(text, query.pattern));
    default:
      return false;
  }
}

function patternTexts(log: SentLog, field: PatternField): string[] {
  const { body, severityText, eventName, attributes } = log.record;
  const bodyText = body === undefined ? '' : displayValue(body);
  if (field === 'service') return [serviceOf(log)];
  if (field === 'body') return [bodyText];
  if (field === 'name') return [];
  return [bodyText, severityText, eventName, ...attributes.map(({ value }) => displayValue(value))].filter((text) => text !== '');
}

function meetsAttribute(values: AnyValue[], { comparison, value: text }: { comparison: Comparison; value: string }): boolean {
  const equal = values.some((value) => displayValue(value) === text);
  if (comparison === '=') return equal;
  if (comparison === '!=') return values.length > 0 && !equal;
  if (text.trim() === '') return false;
  return values.some((value) => {
    const shown = displayValue(value);
    if ('boolValue' in value || 'arrayValue' in value || shown.trim() === '') return false;
    return !Number.isNaN(Number(shown)) && holds(Number(shown), comparison, Number(text));
  });
}

function valuesOf({ attributes }: SentLog, key: string): AnyValue[] {
  const names = key.startsWith('http.') ? ['http.method', 'http.request.method'] : [key];
  return attributes.filter((candidate) => names.includes(candidate.key)).map(({ value }) => value);
}

function holds(left: number, comparison: Comparison, right: number): boolean {
  return { '=': left === right, '!=': left !== right, '>': left > right, '>=': left >= right, '<': left < right, '<=': left <= right }[
    comparison
  ];
}

/** Words: letters and digits, without case and accents. */
function tokens(text: string): string[] {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function holdsPhrase(found: readonly string[], wanted: readonly string[], prefix: boolean): boolean {
  return found.some((_, from) =>
    wanted.every((word, n) => (prefix && n === wanted.length - 1 ? found[from + n]?.startsWith(word) : found[from + n] === word)),
  );
}
