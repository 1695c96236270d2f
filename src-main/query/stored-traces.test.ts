import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TraceSummary } from '#proto/bridge/shapes';
import { missingParent, rootParent, type TraceColumns } from '#proto/bridge/trace-columns';
import { displayValue } from '#proto/model/display-value';
import type { Query } from '#proto/model/query';
import { hasException } from '#proto/model/semantic-conventions';
import { StatusCode, type Span } from '#proto/model/span';
import { admitTraces } from '#main/decode/walk/admit';
import { encodeTraces } from '#main/decode/walk/encode';
import type { FoundTrace, SpanPosition, TelemetryReader } from '#main/store/interface';
import { openReader } from '#main/store/read/reader';
import { seededRandom, temporaryDirectory } from '#main/store/records.fixture';
import { openWriter, type OpenedWriter } from '#main/store/write/writer';
import { spanMatches, type MatchedSource } from './matches.ts';
import { pick, someQuery, someSource, someSpan, upTo, type Random, type SpanGroup } from './random-traces.fixture.ts';

/** Traces through the real writer and back, against a plain reading of everything that was sent. */

interface Sent {
  span: Span;
  source: MatchedSource;
}

class Store {
  readonly writer: OpenedWriter;
  readonly reader: TelemetryReader;
  readonly sent: Sent[] = [];
  /** Trace ids in order of arrival. */
  readonly traceIds: string[] = [];
  readonly #spansOf = new Map<string, Sent[]>();
  #receivedNs = 1_700_000_001_000_000_000n;

  constructor() {
    const directory = temporaryDirectory();
    this.writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
    this.reader = openReader(directory);
    onTestFinished(() => {
      this.reader.close();
      this.writer.close();
    });
  }

  /** One transaction of as many requests. */
  commit(...requests: readonly (readonly SpanGroup[])[]): void {
    const batch = requests.map((groups) => {
      this.#receivedNs += 1_000_000n;
      for (const group of groups) for (const span of group.items) this.#remember(span, group);
      const { pieces } = admitTraces(encodeTraces(groups), 'protobuf');
      return { payloadHash: randomBytes(32), receivedNs: this.#receivedNs, records: { signal: 'traces' as const, pieces } };
    });
    const failed = this.writer.append(batch).find((error) => error !== undefined);
    if (failed !== undefined) throw failed;
  }

  /** What the writer's thread does between commits. */
  tidy(): void {
    while (this.writer.prune());
  }

  spansOf(traceId: string): readonly Sent[] {
    return this.#spansOf.get(traceId) ?? [];
  }

  /** Ids of the traces that a query finds, newest first. */
  expected(query: Query): string[] {
    const found = new Set(this.sent.filter(({ span, source }) => spanMatches(query, span, source)).map(({ span }) => span.traceId));
    return this.traceIds.filter((id) => found.has(id)).toReversed();
  }

  /** All pages. */
  found(query: Query, limitOf: () => number): FoundTrace[] {
    const found: FoundTrace[] = [];
    for (;;) {
      const limit = limitOf();
      const page = this.reader.findTraces({ query, limit, before: found.at(-1)?.ordinal });
      found.push(...page);
      if (page.length < limit) return found;
    }
  }

  #remember(span: Span, { resource, scope }: SpanGroup): void {
    const service = resource.attributes.findLast(({ key }) => key === 'service.name');
    const one = { span, source: { resource, scope, serviceName: service === undefined ? '' : displayValue(service.value) } };
    this.sent.push(one);
    const known = this.#spansOf.get(span.traceId);
    if (known === undefined) {
      this.traceIds.push(span.traceId);
      this.#spansOf.set(span.traceId, [one]);
    } else known.push(one);
  }
}

function someRequest(random: Random, spans: number, traceOf: () => number): SpanGroup[] {
  const groups = [someSource(random), someSource(random)].map((source): SpanGroup => ({ ...source, items: [] }));
  for (let span = 0; span < spans; span += 1) pick(random, groups).items.push(someSpan(random, traceOf()));
  return groups.filter(({ items }) => items.length > 0);
}

const idsOf = (found: readonly FoundTrace[]): string[] => found.map(({ summary }) => summary.traceId);

const everything: Query = { kind: 'and', of: [] };

/** What a list says of a trace, from its spans. Roots are told by when they start. */
function summed(spans: readonly Sent[]): Omit<TraceSummary, 'traceId' | 'rootName' | 'rootService' | 'receivedTimeUnixNano' | 'logCount'> {
  const starts = spans.map(({ span }) => BigInt(span.startTimeUnixNano));
  const ends = spans.map(({ span }) => BigInt(span.endTimeUnixNano));
  const start = starts.reduce((a, b) => (a < b ? a : b));
  const end = ends.reduce((a, b) => (a > b ? a : b));
  const isError = ({ span }: Sent): boolean => span.status.code === StatusCode.error;
  const names = [...new Set(spans.map(({ source }) => source.serviceName))].toSorted((a, b) => (a < b ? -1 : 1));
  return {
    hasRoot: spans.some(({ span }) => span.parentSpanId === ''),
    startTimeUnixNano: String(start),
    durationNano: String(end > start ? end - start : 0n),
    spanCount: spans.length,
    errorCount: spans.filter(isError).length,
    services: names.map((name) => {
      const own = spans.filter(({ source }) => source.serviceName === name);
      return { name, spanCount: own.length, errorCount: own.filter(isError).length };
    }),
    pinned: false,
  };
}

/** Each span once, as it came last. */
function distinct(spans: readonly Sent[]): Sent[] {
  return [...new Map(spans.map((one) => [one.span.spanId, one])).values()];
}

function hexIds({ spanIds }: TraceColumns): string[] {
  return Array.from({ length: spanIds.length / 8 }, (_, row) => Buffer.from(spanIds.subarray(row * 8, row * 8 + 8)).toString('hex'));
}

/** The columns as objects, one a span, by id. */
function outlines(columns: TraceColumns): Map<string, object> {
  const ids = hexIds(columns);
  return new Map(
    ids.map((id, row) => {
      const parent = columns.parent[row] as number;
      const events = [...columns.eventSpan.entries()].filter(([, span]) => span === row).map(([event]) => event);
      return [
        id,
        {
          parent: parent === rootParent || parent === missingParent ? parent : ids[parent],
          offsetNs: columns.offsetNs[row],
          durationNs: columns.durationNs[row],
          name: columns.strings[columns.name[row] as number],
          service: columns.strings[columns.service[row] as number],
          statusMessage: columns.strings[columns.statusMessage[row] as number],
          kind: columns.kind[row],
          statusCode: columns.statusCode[row],
          eventCount: columns.eventCount[row],
          events: events.map((event) => [columns.eventOffsetNs[event], columns.eventIsException[event]]),
        },
      ];
    }),
  );
}

function expectedOutlines(spans: readonly Sent[]): Map<string, object> {
  const ids = new Set(spans.map(({ span }) => span.spanId));
  const startNs = BigInt(summed(spans).startTimeUnixNano);
  return new Map(
    spans.map(({ span, source }) => [
      span.spanId,
      {
        parent: span.parentSpanId === '' ? rootParent : ids.has(span.parentSpanId) ? span.parentSpanId : missingParent,
        offsetNs: Number(BigInt(span.startTimeUnixNano) - startNs),
        durationNs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
        name: span.name,
        service: source.serviceName,
        statusMessage: span.status.message,
        kind: span.kind,
        statusCode: span.status.code,
        eventCount: span.events.length,
        events: span.events.map((event) => [Number(BigInt(event.timeUnixNano) - startNs), hasException(event.attributes) ? 1 : 0]),
      },
    ]),
  );
}

/** How many of the queries found some traces, but not all. */
function expectSearches(store: Store, random: Random, queries: number): number {
  let some = 0;
  for (let asked = 0; asked < queries; asked += 1) {
    const query = someQuery(random);
    const expected = store.expected(query);
    const most = expected.length > 200 ? 400 : 20;
    expect({ query, found: idsOf(store.found(query, () => 1 + upTo(random, most))) }).toEqual({ query, found: expected });
    if (expected.length > 0 && expected.length < store.traceIds.length) some += 1;
  }
  const found = store.found(everything, () => 1 + upTo(random, 300));
  expect(idsOf(found)).toEqual(store.traceIds.toReversed());
  for (const { summary } of found) expect(summary).toMatchObject(summed(store.spansOf(summary.traceId)));
  return some;
}

function expectTrace(store: Store, traceId: string, random: Random): void {
  const spans = distinct(store.spansOf(traceId));
  const columns = store.reader.traceColumns(traceId);
  if (columns === undefined) throw new Error(`Trace ${traceId} is not there.`);
  expect(columns.summary).toMatchObject({ traceId, ...summed(spans) });
  expect(outlines(columns)).toEqual(expectedOutlines(spans));
  expect([...columns.offsetNs]).toEqual([...columns.offsetNs].toSorted((a, b) => a - b));
  const paged: string[] = [];
  for (let after: SpanPosition | undefined; ;) {
    const limit = 1 + upTo(random, 40);
    const page = store.reader.spans(traceId, limit, after);
    for (const { span } of page) {
      const sent = spans.find((one) => one.span.spanId === span.spanId);
      expect(span).toEqual({ ...sent?.span, resource: sent?.source.resource, scope: sent?.source.scope });
      paged.push(span.spanId);
    }
    after = page.at(-1);
    if (page.length < limit) break;
  }
  expect(paged).toEqual(hexIds(columns));
  const one = pick(random, spans);
  expect(store.reader.span(traceId, one.span.spanId)).toEqual({ ...one.span, resource: one.source.resource, scope: one.source.scope });
}

describe('traces that are stored', () => {
  it('are found while all of them are in small chunks', () => {
    const random = seededRandom(3);
    const store = new Store();
    let trace = 0;
    for (let commit = 0; commit < 30; commit += 1) {
      const requests = Array.from({ length: 1 + upTo(random, 3) }, () =>
        someRequest(random, 1 + upTo(random, 8), () => Math.max(1, (trace += random() < 0.3 ? 1 : 0) - upTo(random, 3))),
      );
      store.commit(...requests);
      expectSearches(store, random, 5);
    }
    for (const traceId of store.traceIds) expectTrace(store, traceId, random);
    expect(store.reader.traceColumns('f'.repeat(32))).toBeUndefined();
    expect(store.reader.span(pick(random, store.traceIds), 'f'.repeat(16))).toBeUndefined();
  });

  it('are found in sealed groups, in full and in small chunks, also where they go on through all of them', () => {
    const random = seededRandom(4);
    const store = new Store();
    let trace = 10;
    // A few of the first traces never end.
    const traceOf = (): number =>
      random() < 0.05 ? 1 + upTo(random, 5) : Math.max(1, (trace += random() < 0.1 ? 1 : 0) - upTo(random, 8));
    for (let commit = 0; commit < 70; commit += 1) {
      store.commit(someRequest(random, 260, traceOf), ...(random() < 0.4 ? [someRequest(random, 1 + upTo(random, 20), traceOf)] : []));
      store.tidy();
    }
    expect(expectSearches(store, random, 8)).toBeGreaterThan(2);
    for (let opened = 0; opened < 10; opened += 1) expectTrace(store, pick(random, store.traceIds), random);
    expectTrace(store, store.traceIds[0] as string, random);
  });

  it('show a span that came again once, as it came last; lists may count it twice', () => {
    const random = seededRandom(5);
    const store = new Store();
    const source = someSource(random);
    const items = Array.from({ length: 300 }, () => someSpan(random, 1 + upTo(random, 3)));
    store.commit([{ ...source, items }]);
    const again = items.slice(0, 100).map(({ traceId, spanId }) => ({ ...someSpan(random, Number(traceId), spanId) }));
    store.commit([{ ...source, items: again }]);
    for (const traceId of store.traceIds) expectTrace(store, traceId, random);
    expect(
      store.reader.findTraces({ query: everything, limit: 9, before: undefined }).reduce((sum, { summary }) => sum + summary.spanCount, 0),
    ).toBe(400);
  });
});
