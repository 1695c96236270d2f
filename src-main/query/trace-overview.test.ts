import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Facet, TraceOverview } from '#proto/bridge/trace-overview';
import { displayValue } from '#proto/model/display-value';
import type { Query } from '#proto/model/query';
import { SpanKind, StatusCode, type Span } from '#proto/model/span';
import { admitTraces } from '#main/decode/walk/admit';
import { encodeTraces } from '#main/decode/walk/encode';
import type { ArrivalRange, TelemetryReader, TraceOverviewQuery } from '#main/store/interface';
import { openReader } from '#main/store/read/reader';
import { seededRandom, temporaryDirectory } from '#main/store/records.fixture';
import { openWriter, type OpenedWriter } from '#main/store/write/writer';
import { spanMatches, type MatchedSource } from './matches.ts';
import { openQuestions } from './questions.ts';
import { pick, someQuery, someSource, someSpan, upTo, type Random, type SpanGroup } from './random-traces.fixture.ts';

/** Ranges of arrival, histograms, points and facets, against a plain reading of everything that was sent. */

interface Sent {
  span: Span;
  source: MatchedSource;
}

interface SentTrace {
  traceId: string;
  receivedNs: bigint;
  spans: Sent[];
}

const startNs = 1_700_000_000_000_000_000n;
const everything: Query = { kind: 'and', of: [] };

class Store {
  readonly directory = temporaryDirectory();
  readonly writer: OpenedWriter = openWriter(this.directory, { maxStoredBytes: 2 ** 30 });
  readonly reader: TelemetryReader = openReader(this.directory);
  /** In order of arrival. */
  readonly traces = new Map<string, SentTrace>();
  receivedNs = startNs;

  constructor() {
    onTestFinished(() => {
      this.reader.close();
      this.writer.close();
    });
  }

  commit(groups: readonly SpanGroup[], receivedNs: bigint): void {
    const { pieces } = admitTraces(encodeTraces(groups), 'protobuf');
    const [failed] = this.writer.append([{ payloadHash: randomBytes(32), receivedNs, records: { signal: 'traces', pieces } }]);
    if (failed !== undefined) throw failed;
    for (const { resource, scope, items } of groups) {
      const name = resource.attributes.findLast(({ key }) => key === 'service.name');
      const source = { resource, scope, serviceName: name === undefined ? '' : displayValue(name.value) };
      for (const span of items) {
        const trace = this.traces.get(span.traceId) ?? { traceId: span.traceId, receivedNs, spans: [] };
        this.traces.set(span.traceId, trace);
        trace.spans.push({ span, source });
      }
    }
  }

  /** A request every few seconds; now and then one, of new traces, is stored after others that were received later. */
  fill(random: Random, requests: number, spans: number): void {
    let trace = 0;
    const next = (): number => (trace += random() < 0.2 ? 1 : 0);
    const known = (): number => (random() < 0.05 ? 1 + upTo(random, 20) : Math.max(1, next() - upTo(random, 4)));
    for (let request = 0; request < requests; request += 1) {
      this.receivedNs += BigInt(upTo(random, 5_000)) * 1_000_000n;
      const lateNs = random() < 0.2 ? BigInt(upTo(random, 30_000)) * 1_000_000n : 0n;
      if (lateNs > 0n) trace += 1;
      const traceOf = lateNs > 0n ? next : known;
      const groups = [someSource(random), someSource(random)].map((source): SpanGroup => ({ ...source, items: [] }));
      for (let span = 0; span < spans; span += 1) pick(random, groups).items.push(someSpan(random, traceOf()));
      this.commit(
        groups.filter(({ items }) => items.length > 0),
        this.receivedNs - lateNs,
      );
      while (this.writer.prune());
    }
  }

  /** Newest first. */
  found(query: Query, { fromNs = 0n, toNs = 2n ** 63n }: ArrivalRange): SentTrace[] {
    return [...this.traces.values()]
      .filter(({ receivedNs }) => receivedNs >= fromNs && receivedNs < toNs)
      .filter(({ spans }) => spans.some(({ span, source }) => spanMatches(query, span, source)))
      .toReversed();
  }

  overview(asked: Partial<TraceOverviewQuery>): TraceOverview {
    const sizes = { buckets: 30, points: 50, facetSpans: 50_000, mostFound: 20_000, mostCounted: 200_000 };
    return TraceOverview.parse(this.reader.traceOverview({ query: everything, arrived: {}, ...sizes, ...asked }));
  }
}

const isError = ({ spans }: SentTrace): boolean => spans.some(({ span }) => span.status.code === StatusCode.error);

function someRange(random: Random, store: Store): ArrivalRange {
  const lengthMs = Number((store.receivedNs - startNs) / 1_000_000n);
  const moment = (): bigint => startNs + BigInt(upTo(random, lengthMs)) * 1_000_000n + BigInt(upTo(random, 2));
  const kind = random();
  if (kind < 0.2) return {};
  if (kind < 0.4) return { fromNs: moment() };
  if (kind < 0.6) return { toNs: moment() };
  return { fromNs: moment(), toNs: moment() };
}

/** Checked bucket by bucket, whatever the width is; it has to be fine enough, and no finer than asked for. */
function expectHistogram({ histogram, traceCount }: TraceOverview, traces: readonly SentTrace[], buckets: number): void {
  const start = BigInt(histogram.startTimeUnixNano);
  const width = BigInt(histogram.bucketNano);
  expect(traceCount).toBe(traces.length);
  expect(histogram.traceCounts.length).toBeLessThanOrEqual(buckets);
  if (traces.length > 0) expect(start % width).toBe(0n);
  const countOf = (bucket: number, of: readonly SentTrace[]): number =>
    of.filter(({ receivedNs }) => (receivedNs - start) / width === BigInt(bucket)).length;
  expect(histogram.traceCounts).toEqual(histogram.traceCounts.map((_, bucket) => countOf(bucket, traces)));
  expect(histogram.errorCounts).toEqual(histogram.traceCounts.map((_, bucket) => countOf(bucket, traces.filter(isError))));
  expect(histogram.traceCounts.reduce((sum, count) => sum + count, 0)).toBe(traces.length);
}

function valuesOf(facet: Pick<Facet, 'kind' | 'key'>, { span, source }: Sent): Set<string> {
  if (facet.kind === 'attribute') {
    const all = [
      ...span.attributes,
      ...span.events.flatMap(({ attributes }) => attributes),
      ...source.resource.attributes,
      ...source.scope.attributes,
    ];
    return new Set(all.filter(({ key }) => key === facet.key).map(({ value }) => displayValue(value)));
  }
  if (facet.key === 'service') return new Set([source.serviceName]);
  if (facet.key === 'name') return new Set([span.name]);
  if (facet.key === 'kind') return new Set([Object.keys(SpanKind)[span.kind] ?? String(span.kind)]);
  const status = Object.keys(StatusCode)[span.status.code];
  return new Set(status === undefined ? [] : [status]);
}

function expectFacets(facets: TraceOverview['facets'], query: Query, traces: readonly SentTrace[]): void {
  const spans = traces.flatMap((trace) => trace.spans).filter(({ span, source }) => spanMatches(query, span, source));
  expect(facets.spanCount).toBe(spans.length);
  for (const facet of facets.items) {
    const counts = new Map<string, number>();
    let spanCount = 0;
    for (const one of spans) {
      const values = valuesOf(facet, one);
      if (values.size > 0) spanCount += 1;
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect(facet).toMatchObject({ spanCount, valueCount: counts.size });
    const ranked = [...counts].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).slice(0, 12);
    expect(facet.values).toEqual(ranked.map(([value, count]) => ({ value, spanCount: count })));
  }
}

function expectOverviews(store: Store, random: Random, rounds: number): number {
  let some = 0;
  for (let round = 0; round < rounds; round += 1) {
    const query = round % 3 === 0 ? everything : someQuery(random);
    const arrived = someRange(random, store);
    const buckets = 1 + upTo(random, 80);
    const expected = store.found(query, arrived);
    const listed = store.reader.findTraces({ query, limit: 10_000, before: undefined, arrived });
    expect({ query, arrived, ids: listed.map(({ summary }) => summary.traceId) }).toEqual({
      query,
      arrived,
      ids: expected.map(({ traceId }) => traceId),
    });
    const overview = store.overview({ query, arrived, buckets });
    expect(overview.isComplete).toBe(true);
    expectHistogram(overview, expected, buckets);
    expect(overview.points.length).toBeLessThanOrEqual(50);
    if (expected.length > 200) expect(overview.points.length).toBeGreaterThan(10);
    expect(overview.points).toEqual(
      listed
        .filter(({ ordinal }) => ordinal % overview.pointStep === 0)
        .map(({ summary }) => ({
          traceId: summary.traceId,
          rootName: summary.rootName,
          rootService: summary.rootService,
          receivedTimeUnixNano: summary.receivedTimeUnixNano,
          durationNano: summary.durationNano,
          isError: summary.errorCount > 0,
        })),
    );
    expect(overview.facets).toMatchObject({ traceCount: expected.length, isComplete: true });
    expectFacets(overview.facets, query, expected);
    if (expected.length > 0 && expected.length < store.traces.size) some += 1;
  }
  return some;
}

describe('an overview', () => {
  it('agrees with a plain reading while all is in small chunks', () => {
    const random = seededRandom(21);
    const store = new Store();
    store.fill(random, 60, 12);
    expect(expectOverviews(store, random, 40)).toBeGreaterThan(15);
  });

  it('agrees with a plain reading of sealed groups and what came after them', () => {
    const random = seededRandom(22);
    const store = new Store();
    store.fill(random, 72, 260);
    expect(expectOverviews(store, random, 5)).toBeGreaterThan(1);
  }, 60_000);

  it('looks at the newest where there is too much, and says so', () => {
    const random = seededRandom(23);
    const store = new Store();
    store.fill(random, 72, 260);
    const newest = store.found(everything, {});
    const counted = store.overview({ mostCounted: 100 });
    expect(counted).toMatchObject({ traceCount: 100, isComplete: false });
    expectHistogram(counted, newest.slice(0, 100), 30);
    const query: Query = { kind: 'status', status: 'error' };
    const found = store.overview({ query, mostFound: 70, points: 70, facetSpans: 500 });
    const failed = store.found(query, {});
    expect(found).toMatchObject({
      traceCount: 70,
      isComplete: false,
      pointStep: 1,
      points: failed.slice(0, 70).map(({ traceId }) => ({ traceId })),
    });
    expectHistogram(found, failed.slice(0, 70), 30);
    expect(found.facets.isComplete).toBe(false);
    expect(found.facets.traceCount).toBeLessThan(70);
    expectFacets(found.facets, query, failed.slice(0, found.facets.traceCount));
  });

  it('has nothing to say of an empty store, or of a range in which nothing arrived', () => {
    const store = new Store();
    const nothing = {
      traceCount: 0,
      isComplete: true,
      points: [],
      pointStep: 1,
      facets: { spanCount: 0, traceCount: 0, isComplete: true, items: [] },
    };
    expect(store.overview({})).toMatchObject(nothing);
    store.fill(seededRandom(24), 3, 5);
    expect(store.overview({ arrived: { fromNs: store.receivedNs + 1n } })).toMatchObject(nothing);
    expect(store.overview({ arrived: { fromNs: 5n, toNs: 4n } })).toMatchObject(nothing);
  });

  it('takes any range that the bridge lets through', () => {
    const store = new Store();
    store.fill(seededRandom(25), 3, 5);
    const questions = openQuestions(store.directory);
    onTestFinished(() => questions.close());
    const sizes = { query: '', buckets: 500, points: 10, facetSpans: 10 };
    const most = '99999999999999999999';
    expect(questions.traceOverview({ ...sizes, from: '0', to: most }).traceCount).toBe(store.traces.size);
    expect(questions.traceOverview({ ...sizes, from: most }).traceCount).toBe(0);
    expect(questions.searchTraces({ query: '', limit: 100, from: '0', to: most }).items).toHaveLength(store.traces.size);
    expect(questions.searchTraces({ query: '', limit: 100, to: '0' }).items).toEqual([]);
  });
});
