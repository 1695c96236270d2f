import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { LogRecord } from '#proto/model/log';
import type { Query, QueryTerm } from '#proto/model/query';
import type { Resource, Scope } from '#proto/model/resource';
import type { Span } from '#proto/model/span';
import type { TelemetryReader, TelemetryWriter } from './interface.ts';
import { openReader } from './reader.ts';
import {
  attribute,
  logOf,
  plainScope,
  requestOfLogs,
  requestOfSpans,
  resourceOf,
  seededRandom,
  spanIdOf,
  spanOf,
  temporaryDirectory,
  traceIdOf,
} from './records.fixture.ts';
import { openWriter } from './writer.ts';

/** Search against a plain reading of `docs/query-language.md` over records in memory. */

interface Sent<Item> {
  resource: Resource;
  scope: Scope;
  item: Item;
}

type Random = () => number;

const words = ['checkout', 'order', 'failed', 'Refused', 'timeout', 'card', 'ünïcödé', 'retry'];
const services = ['api', 'worker', 'na me', '__proto__'];
/** Old and new names of the same thing, and plain ones. */
const keys = ['http.method', 'http.request.method', 'user.id', 'order-id', ''];
const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};
const phrase = (random: Random): string =>
  Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random, words)).join(pick(random, [' ', '-', '.', ' / ']));

function someAttribute(random: Random): KeyValue {
  const value = pick(random, [
    { stringValue: phrase(random) },
    { stringValue: pick(random, ['GET', 'get', 'GET ', 'a"b', '', '-']) },
    { intValue: String(Math.floor(random() * 5)) },
    { doubleValue: pick(random, [0.5, 'NaN' as const, -1]) },
    { boolValue: random() < 0.5 },
    { arrayValue: { values: [{ stringValue: pick(random, words) }] } },
    {},
  ]);
  return attribute(pick(random, keys), value);
}

const someAttributes = (random: Random): KeyValue[] => Array.from({ length: Math.floor(random() * 3) }, () => someAttribute(random));

function someSource(random: Random): { resource: Resource; scope: Scope } {
  const seed = Math.floor(random() * 12);
  const own = seededRandom(seed);
  return {
    resource: resourceOf(pick(own, services), ...someAttributes(own)),
    scope: { ...plainScope, attributes: seed % 3 === 0 ? someAttributes(own) : [] },
  };
}

function someTerm(random: Random): QueryTerm {
  const kind = random();
  if (kind < 0.35) {
    const text = phrase(random);
    const prefix = random() < 0.3;
    return { kind: 'text', text: prefix ? text.slice(0, Math.max(1, text.length - 2)) : text, prefix };
  }
  if (kind < 0.55) return { kind: 'service', name: pick(random, [...services, 'nobody']) };
  if (kind < 0.7) return { kind: 'status', status: pick(random, ['error', 'ok', 'unset']) };
  const { key, value } = someAttribute(random);
  return { kind: 'attribute', key, value: displayValue(value) };
}

/** Words as the text index knows them: letters and digits, without case and accents. */
const tokens = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function textHolds(fields: readonly string[], { text, prefix }: { text: string; prefix: boolean }): boolean {
  const wanted = tokens(text);
  return fields.some((field) => {
    const found = tokens(field);
    return found.some((_, from) =>
      wanted.every((word, n) => (prefix && n === wanted.length - 1 ? found[from + n]?.startsWith(word) : found[from + n] === word)),
    );
  });
}

const equivalent = (key: string): string[] => (key.startsWith('http.') ? ['http.method', 'http.request.method'] : [key]);
const attributesHold = (attributes: readonly KeyValue[], key: string, value: string): boolean =>
  attributes.some((candidate) => equivalent(key).includes(candidate.key) && displayValue(candidate.value) === value);
const attributeFields = (attributes: readonly KeyValue[]): string[] => attributes.map(({ key, value }) => `${key} ${displayValue(value)}`);

function spanMeets({ resource, scope, item }: Sent<Span>, term: QueryTerm): boolean {
  const all = [item.attributes, ...item.events.map(({ attributes }) => attributes)];
  switch (term.kind) {
    case 'text':
      return textHolds([item.name, item.status.message, ...item.events.map(({ name }) => name), ...all.flatMap(attributeFields)], term);
    case 'service':
      return resource.attributes.some(({ key, value }) => key === 'service.name' && displayValue(value) === term.name);
    case 'status':
      return item.status.code === { unset: 0, ok: 1, error: 2 }[term.status];
    case 'attribute':
      return [resource.attributes, scope.attributes, ...all].some((attributes) => attributesHold(attributes, term.key, term.value));
  }
}

function logMeets({ resource, scope, item }: Sent<LogRecord>, term: QueryTerm): boolean {
  switch (term.kind) {
    case 'text':
      return textHolds(
        [item.body ? displayValue(item.body) : '', item.severityText, item.eventName, ...attributeFields(item.attributes)],
        term,
      );
    case 'service':
      return resource.attributes.some(({ key, value }) => key === 'service.name' && displayValue(value) === term.name);
    case 'status':
      return false;
    case 'attribute':
      return [resource.attributes, scope.attributes, item.attributes].some((attributes) =>
        attributesHold(attributes, term.key, term.value),
      );
  }
}

function open(): { writer: TelemetryWriter; reader: TelemetryReader } {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const reader = openReader(directory);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  return { writer, reader };
}

function fillWithSpans(writer: TelemetryWriter, random: Random): Sent<Span>[] {
  const sent: Sent<Span>[] = [];
  for (let batch = 0; batch < 12; batch += 1) {
    const groups = Array.from({ length: 3 }, () => ({ ...someSource(random), items: Array.from({ length: 12 }, () => someSpan(random)) }));
    for (const { resource, scope, items } of groups) for (const item of items) sent.push({ resource, scope, item });
    expect(writer.append([requestOfSpans(groups)])).toEqual([undefined]);
  }
  return sent;
}

function someSpan(random: Random): Span {
  return spanOf({
    traceId: traceIdOf(1 + Math.floor(random() * 80)),
    name: phrase(random),
    attributes: someAttributes(random),
    events:
      random() < 0.2 ? [{ timeUnixNano: '0', name: phrase(random), attributes: someAttributes(random), droppedAttributesCount: 0 }] : [],
    status: { code: pick(random, [0, 0, 1, 2]), message: random() < 0.1 ? phrase(random) : '' },
  });
}

function fillWithLogs(writer: TelemetryWriter, random: Random, perBatch: number): Sent<LogRecord>[] {
  const sent: Sent<LogRecord>[] = [];
  for (let batch = 0; batch < 8; batch += 1) {
    const groups = Array.from({ length: 3 }, () => ({
      ...someSource(random),
      items: Array.from({ length: perBatch }, () => someLog(random)),
    }));
    for (const { resource, scope, items } of groups) for (const item of items) sent.push({ resource, scope, item });
    expect(writer.append([requestOfLogs(groups)])).toEqual([undefined]);
  }
  return sent;
}

function someLog(random: Random): LogRecord {
  return logOf({
    timeUnixNano: random() < 0.1 ? '0' : String(1_700_000_000_000_000_000n + BigInt(Math.floor(random() * 200))),
    observedTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(Math.floor(random() * 200))),
    severityNumber: Math.floor(random() * 25),
    severityText: pick(random, ['INFO', 'warn', '']),
    body: pick(random, [{ stringValue: phrase(random) }, { kvlistValue: { values: someAttributes(random) } }]),
    attributes: someAttributes(random),
    traceId: random() < 0.5 ? traceIdOf(1 + Math.floor(random() * 3)) : '',
    spanId: '',
  });
}

const timeOf = ({ item }: Sent<LogRecord>): bigint => BigInt(item.timeUnixNano === '0' ? item.observedTimeUnixNano : item.timeUnixNano);

describe('findTraces', () => {
  it.each([1, 2])('finds what a plain reading of every span finds, newest first (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const { writer, reader } = open();
    const sent = fillWithSpans(writer, random);
    const arrival = [...new Set(sent.map(({ item }) => item.traceId))].toReversed();
    let nonEmpty = 0;
    for (let n = 0; n < 150; n += 1) {
      const query: Query = Array.from({ length: 1 + Math.floor(random() * 3) }, () => someTerm(random));
      const expected = arrival.filter((traceId) =>
        query.every((term) => sent.some((span) => span.item.traceId === traceId && spanMeets(span, term))),
      );
      const found = reader.findTraces({ query, limit: 1000, before: undefined }).map(({ summary }) => summary.traceId);
      expect({ query, found }).toEqual({ query, found: expected });
      if (expected.length > 0) nonEmpty += 1;
    }
    expect(nonEmpty).toBeGreaterThan(50);
  });

  it('gives every trace once, page by page, while others arrive', () => {
    const random = seededRandom(4);
    const { writer, reader } = open();
    const sent = fillWithSpans(writer, random);
    const atFirst = new Set(sent.filter((span) => spanMeets(span, { kind: 'status', status: 'unset' })).map(({ item }) => item.traceId));
    const seen: string[] = [];
    for (let before: number | undefined, next = 1000; ; next += 1) {
      const page = reader.findTraces({ query: [{ kind: 'status', status: 'unset' }], limit: 7, before });
      if (page.length === 0) break;
      seen.push(...page.map(({ summary }) => summary.traceId));
      before = page.at(-1)?.ordinal;
      // A new trace, and a late span for every trace there is.
      const late = [...atFirst].map((traceId) => spanOf({ traceId, parentSpanId: spanIdOf(1) }));
      writer.append([
        requestOfSpans([{ resource: resourceOf('api'), scope: plainScope, items: [spanOf({ traceId: traceIdOf(next) }), ...late] }]),
      ]);
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(new Set(seen)).toEqual(atFirst);
  });

  it('jumps over what a frequent word has and a rare one has not', () => {
    const { writer, reader } = open();
    const spans = Array.from({ length: 3000 }, (_, n) =>
      spanOf({ traceId: traceIdOf(n + 1), name: n % 1000 === 7 ? 'frequent rare' : 'frequent' }),
    );
    writer.append([requestOfSpans([{ resource: resourceOf('api'), scope: plainScope, items: spans }])]);
    const query: Query = ['frequent', 'rare'].map((text) => ({ kind: 'text', text, prefix: false }));
    expect(reader.findTraces({ query, limit: 10, before: undefined }).map(({ summary }) => summary.traceId)).toEqual(
      [2008, 1008, 8].map(traceIdOf),
    );
  });
});

describe('findLogs', () => {
  it.each([1, 2])('finds what a plain reading of every record finds, by time (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const { writer, reader } = open();
    const sent = fillWithLogs(writer, random, 15).map((log, n) => ({ ...log, id: n + 1 }));
    const oldest = sent.toSorted((a, b) => Number(timeOf(a) - timeOf(b)) || a.id - b.id);
    let nonEmpty = 0;
    for (let n = 0; n < 150; n += 1) {
      const terms = Array.from({ length: Math.floor(random() * 4) }, () => someTerm(random));
      const query: Query = terms.filter(({ kind }) => kind !== 'status');
      const traceId = random() < 0.2 ? traceIdOf(1 + Math.floor(random() * 3)) : undefined;
      const minSeverity = random() < 0.3 ? Math.floor(random() * 25) : 0;
      const order = random() < 0.5 ? 'newest' : 'oldest';
      const matching = oldest.filter(
        (log) =>
          query.every((term) => logMeets(log, term)) &&
          (traceId === undefined || log.item.traceId === traceId) &&
          log.item.severityNumber >= minSeverity,
      );
      const expected = (order === 'oldest' ? matching : matching.toReversed()).map(({ id }) => id);
      const search = { query, traceId, spanId: undefined, minSeverity, order, limit: 1 + Math.floor(random() * 20) } as const;
      const found: number[] = [];
      for (let after; ;) {
        const page = reader.findLogs({ ...search, after });
        found.push(...page.map(({ id }) => id));
        after = page.at(-1);
        if (page.length < search.limit) break;
      }
      expect({ query, found }).toEqual({ query, found: expected });
      if (expected.length > 0) nonEmpty += 1;
    }
    expect(nonEmpty).toBeGreaterThan(50);
  });

  it('finds frequent words by walking time, with the same answer', () => {
    const { writer, reader } = open();
    const count = 21_000;
    const items = Array.from({ length: count }, (_, n) =>
      logOf({
        timeUnixNano: String(1_700_000_000_000_000_000n + BigInt((n * 7919) % count)),
        body: { stringValue: n % 1000 === 7 ? 'frequent rare' : 'frequent' },
      }),
    );
    writer.append([requestOfLogs([{ resource: resourceOf('api', attribute('zone', 'eu')), scope: plainScope, items }])]);
    const find = (limit: number, ...query: Query) =>
      reader
        .findLogs({ query, limit, traceId: undefined, spanId: undefined, minSeverity: 0, order: 'newest', after: undefined })
        .map(({ id }) => id);
    const byTime = items
      .map(({ timeUnixNano }, n) => ({ time: BigInt(timeUnixNano), id: n + 1 }))
      .toSorted((a, b) => Number(b.time - a.time));
    const frequent: QueryTerm = { kind: 'text', text: 'frequent', prefix: false };
    expect(find(3000, frequent)).toEqual(byTime.slice(0, 3000).map(({ id }) => id));
    const rareIds = byTime.filter(({ id }) => (id - 1) % 1000 === 7).map(({ id }) => id);
    expect(find(100, { kind: 'text', text: 'rare', prefix: false })).toEqual(rareIds);
    expect(find(100, { kind: 'attribute', key: 'zone', value: 'eu' }, frequent, { kind: 'text', text: 'rar', prefix: true })).toEqual(
      rareIds,
    );
  });
});
