import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { GroupComparisonAnswer, ServiceRunList, TraceComparisonAnswer } from '#proto/bridge/comparison';
import { QueryError } from '#proto/bridge/query-error';
import type { Span } from '#proto/model/span';
import {
  attribute,
  plainScope,
  requestOfSpans,
  resourceOf,
  spanIdOf,
  spanOf,
  temporaryDirectory,
  traceIdOf,
} from '#main/store/records.fixture';
import { openWriter, type OpenedWriter } from '#main/store/write/writer';
import { openQuestions, type OpenQuestions } from './questions.ts';

let writer: OpenedWriter;
let ask: OpenQuestions;

beforeEach(() => {
  const directory = temporaryDirectory();
  writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
});

const ms = 1_000_000n;
const startNs = 1_700_000_000_000_000_000n;

let lastSpan = 0x5000;

/** A span that begins so many milliseconds into its trace. */
const spanAt = (trace: number, name: string, fromMs: number, toMs: number, parentSpanId = ''): Span => {
  lastSpan += 1;
  return spanOf({
    traceId: traceIdOf(trace),
    spanId: spanIdOf(lastSpan),
    parentSpanId,
    name,
    kind: parentSpanId === '' ? 2 : 3,
    startTimeUnixNano: String(startNs + BigInt(fromMs) * ms),
    endTimeUnixNano: String(startNs + BigInt(toMs) * ms),
  });
};

/** `GET /orders` with as many queries of 6 ms. */
const orders = (trace: number, queries: number): Span[] => {
  const root = spanAt(trace, 'GET /orders', 0, 32 + queries * 6);
  return [root, ...Array.from({ length: queries }, (_, query) => spanAt(trace, 'SELECT orders', query * 6, query * 6 + 6, root.spanId))];
};

const send = (spans: Span[], receivedNs: bigint, service = 'api', pid?: string): void => {
  const resource = resourceOf(
    service,
    ...(pid === undefined ? [] : [attribute('process.pid', { intValue: pid }), attribute('host.name', 'desk')]),
  );
  writer.append([requestOfSpans([{ resource, scope: plainScope, items: spans }], receivedNs)]);
};

/** The answer; throws where there is none. */
const compared = (input: { a?: string; b: string; limit?: number }): TraceComparisonAnswer => {
  const comparison = ask.compareTraces({ limit: 50, ...input });
  if ('missing' in comparison) throw new Error(comparison.missing);
  return TraceComparisonAnswer.parse(comparison);
};

const bothGroups = { aQuery: '', bQuery: '', limit: 100 };

const groups = (input: Partial<Parameters<OpenQuestions['compareGroups']>[0]>): GroupComparisonAnswer => {
  const comparison = ask.compareGroups({ ...bothGroups, ...input });
  if ('missing' in comparison) throw new Error(comparison.missing);
  return GroupComparisonAnswer.parse(comparison);
};

describe('compareTraces', () => {
  it('tells in a sentence and in numbers what became of a trace', () => {
    send([...orders(1, 1), ...orders(2, 48)], 1n);
    const comparison = compared({ a: traceIdOf(1), b: traceIdOf(2) });
    expect(comparison.sentence).toBe('B is 282 ms (742 %) slower; 282 ms of it in `SELECT orders`, which ran 48 times instead of once.');
    expect(comparison).toMatchObject({ durationChangeNano: '282000000', changeCount: 1, a: { spanCount: 2 }, b: { spanCount: 49 } });
    expect(comparison.changes).toMatchObject([
      {
        service: 'api',
        name: 'SELECT orders',
        kind: 3,
        path: ['GET /orders'],
        presence: 'both',
        selfChangeNano: '282000000',
        a: { count: 1, spanCount: 1, durationNano: '6000000' },
        b: { count: 48, spanCount: 48, durationNano: '288000000', selfDurationNano: '288000000' },
      },
    ]);
    expect(compared({ a: traceIdOf(2), b: traceIdOf(1), limit: 1 }).sentence).toMatch(/^B is 282 ms \(88 %\) faster/);
  });

  it('takes the trace before of the same root operation, also out of the same request', () => {
    send([...orders(1, 1), ...orders(2, 2), spanAt(3, 'GET /cart', 0, 5), ...orders(4, 3)], 5n);
    send(orders(5, 4), 9n);
    expect(compared({ b: traceIdOf(5) }).a.traceId).toBe(traceIdOf(4));
    expect(compared({ b: traceIdOf(4) }).a.traceId).toBe(traceIdOf(2));
    expect(ask.compareTraces({ b: traceIdOf(1), limit: 1 })).toMatchObject({
      missing: expect.stringContaining('No earlier trace') as string,
    });
    expect(ask.compareTraces({ b: traceIdOf(99), limit: 1 })).toEqual({ missing: `No trace ${traceIdOf(99)} is stored.` });
    expect(ask.compareTraces({ a: traceIdOf(99), b: traceIdOf(1), limit: 1 })).toEqual({ missing: `No trace ${traceIdOf(99)} is stored.` });
  });

  it('bounds the way to a change at the end of a deep chain', () => {
    const chain = (trace: number, lastMs: number): Span[] => {
      let parent = '';
      return Array.from({ length: 100 }, (_, depth) => {
        const span = spanAt(trace, `level ${String.fromCharCode(97 + (depth % 26))}`, depth, depth === 99 ? lastMs : 200, parent);
        parent = span.spanId;
        return span;
      });
    };
    send([...chain(1, 150), ...chain(2, 140)], 1n);
    const change = compared({ a: traceIdOf(1), b: traceIdOf(2) }).changes[0];
    expect(change?.path).toHaveLength(16);
  });
});

describe('serviceRuns', () => {
  it('tells runs apart by what the resource says of the process, the newest first', () => {
    send(orders(1, 1), 100n, 'api', '41');
    send(orders(2, 1), 200n, 'api', '41');
    send(orders(3, 1), 300n, 'api', '77');
    send(orders(4, 1), 350n, 'worker', '99');
    expect(ServiceRunList.parse({ items: ask.serviceRuns({ service: 'api' }) }).items).toEqual([
      {
        identity: [
          { key: 'process.pid', value: '77' },
          { key: 'host.name', value: 'desk' },
        ],
        version: '',
        spanCount: 2,
        firstSeenUnixNano: '300',
        lastSeenUnixNano: '300',
      },
      expect.objectContaining({ spanCount: 4, firstSeenUnixNano: '100', lastSeenUnixNano: '200' }),
    ]);
    expect(ask.serviceRuns({ service: 'nobody' })).toEqual([]);
  });
});

describe('compareGroups', () => {
  it('compares before and after a restart', () => {
    for (let trace = 1; trace <= 10; trace += 1)
      send([...orders(trace, 1), spanAt(trace, 'old cache', 0, 2, spanIdOf(9))], BigInt(trace), 'api', '41');
    for (let trace = 11; trace <= 22; trace += 1)
      send([...orders(trace, 20), spanAt(trace, 'audit', 0, 3, spanIdOf(9))], BigInt(trace), 'api', '77');
    const comparison = groups({ restartOf: 'api' });
    expect(comparison).toMatchObject({
      a: { query: 'service:api', fromUnixNano: '1', toUnixNano: '11', traceCount: 10, spanCount: 30, isCut: false },
      b: { query: 'service:api', fromUnixNano: '11', traceCount: 12, spanCount: 12 * 22, isCut: false },
      restart: { service: 'api', atUnixNano: '11', after: { spanCount: 12 * 22 } },
      operationCount: 4,
    });
    expect(comparison.operations.map(({ name, latency }) => `${name}: ${latency}`)).toEqual([
      'SELECT orders: none',
      'GET /orders: slower',
      'audit: appeared',
      'old cache: vanished',
    ]);
    const [query, root, audit] = comparison.operations;
    // Entries know durations within 0.2 %.
    expect(Number(root?.a.p50Nano) / 38e6).toBeCloseTo(1, 2);
    expect(Number(root?.b.p50Nano) / 152e6).toBeCloseTo(1, 2);
    expect(audit).toMatchObject({ a: { traceCount: 0, spanCount: 0 }, b: { traceCount: 12, spanCount: 12 } });
    expect(query).toMatchObject({ runs: 'more', a: { traceCount: 10, spanCount: 10 }, b: { traceCount: 12, spanCount: 240 } });
    expect(query?.b).toHaveProperty('p95Nano');
    expect(query?.a).not.toHaveProperty('p95Nano');
  });

  it('compares any two queries over any two ranges, also when they are sealed', () => {
    for (let trace = 1; trace <= 60; trace += 1) send(orders(trace, 700), BigInt(trace * 10), 'api', '1');
    while (writer.prune());
    for (let trace = 61; trace <= 70; trace += 1) send(orders(trace, 1), BigInt(trace * 10), 'api', '2');
    const comparison = groups({ aQuery: 'service:api', aFrom: '500', aTo: '600', bQuery: 'name:"SELECT orders"', bFrom: '600', limit: 1 });
    expect(comparison).toMatchObject({
      a: { traceCount: 10, spanCount: 7010, isCut: false },
      b: { traceCount: 11, spanCount: 701 + 20 },
      operationCount: 2,
    });
    expect(comparison.operations).toHaveLength(1);
    expect(ask.serviceRuns({ service: 'api' })).toMatchObject([
      { firstSeenUnixNano: '610', lastSeenUnixNano: '700', spanCount: 20 },
      { firstSeenUnixNano: '10', lastSeenUnixNano: '600', spanCount: 60 * 701 },
    ]);
  });

  it('says where no restart can be seen, and where a query cannot be read', () => {
    send(orders(1, 1), 1n);
    expect(ask.compareGroups({ ...bothGroups, restartOf: 'api' })).toMatchObject({
      missing: expect.stringContaining('No restart of api') as string,
    });
    expect(() => ask.compareGroups({ ...bothGroups, aQuery: '"open' })).toThrow(QueryError);
    expect(groups({ aTo: '0' }).sentence).toBe('Group A has no trace: there is nothing to compare.');
  });
});
