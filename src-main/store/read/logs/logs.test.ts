import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogItem } from '#proto/bridge/shapes';
import type { LogRecord } from '#proto/model/log';
import type { Query } from '#proto/model/query';
import { logContext } from '#proto/model/semantic-conventions';
import { admitLogs } from '#main/decode/walk/admit';
import { encodeLogs } from '#main/decode/walk/encode';
import type { LogPosition, LogQuery, TelemetryReader } from '../../interface.ts';
import { logOf, plainScope, resourceOf, seededRandom, spanIdOf, temporaryDirectory, traceIdOf } from '../../records.fixture.ts';
import { openWriter, type OpenedWriter } from '../../write/writer.ts';
import { openReader } from '../reader.ts';
import { meets, pick, sentLog, serviceOf, someLog, someQuery, someSource, type Random, type SentLog } from './brute-force.fixture.ts';

/** Log records through the real writer, against a plain reading of all of them. */

const everything: Query = { kind: 'and', of: [] };
const plainSearch = {
  query: everything,
  traceId: undefined,
  spanId: undefined,
  minSeverity: 0,
  order: 'newest',
  after: undefined,
} as const;

/** Without letters that words have in another form, as most chunks are. */
const withoutAccents = (record: LogRecord): LogRecord => JSON.parse(JSON.stringify(record).replaceAll('ünïcödé', 'unicode')) as LogRecord;

class LogStore {
  readonly writer: OpenedWriter;
  readonly reader: TelemetryReader;
  readonly sent: SentLog[] = [];
  readonly #random: Random;
  #requests = 0;

  constructor(random: Random) {
    const directory = temporaryDirectory();
    this.writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
    this.reader = openReader(directory);
    this.#random = random;
    onTestFinished(() => {
      this.reader.close();
      this.writer.close();
    });
  }

  /** Commits as many requests at once, each with as many records, of up to three sources. */
  commit(sizes: readonly number[], form = (record: LogRecord): LogRecord => record): void {
    const batch = sizes.map((size) => {
      this.#requests += 1;
      const receivedNs = 1_700_000_001_000_000_000n + BigInt(this.#requests);
      const groups = [0, 1, 2].map((part) => ({
        ...someSource(this.#random),
        items: Array.from({ length: Math.floor((size + part) / 3) }, () => form(someLog(this.#random))),
      }));
      for (const { resource, scope, items } of groups)
        for (const record of items) this.sent.push(sentLog(this.sent.length + 1, receivedNs, record, resource, scope));
      const payload = encodeLogs(groups);
      const { pieces } = admitLogs(payload, 'protobuf');
      return {
        payloadHash: createHash('sha256').update(String(this.#requests)).digest(),
        receivedNs,
        records: { signal: 'logs' as const, pieces },
      };
    });
    for (const error of this.writer.append(batch)) if (error) throw error;
  }

  ids(search: Omit<LogQuery, 'limit'>, limitOf: () => number): number[] {
    const ids: number[] = [];
    for (let after: LogPosition | undefined = search.after; ;) {
      const limit = limitOf();
      const page = this.reader.findLogs({ ...search, limit, after });
      ids.push(...page.map(({ id }) => id));
      after = page.at(-1);
      if (page.length < limit) return ids;
    }
  }

  expected({ query, traceId, spanId, minSeverity, order }: Omit<LogQuery, 'limit'>): number[] {
    const ids = this.sent
      .filter((log) => {
        const context = logContext(log.record);
        if (traceId !== undefined && context.traceId !== traceId) return false;
        if (spanId !== undefined && context.spanId !== spanId) return false;
        return (minSeverity === 0 || log.record.severityNumber >= minSeverity) && meets(log, query);
      })
      .toSorted((a, b) => (a.timeNs === b.timeNs ? a.id - b.id : a.timeNs < b.timeNs ? -1 : 1))
      .map(({ id }) => id);
    return order === 'oldest' ? ids : ids.toReversed();
  }
}

function someSearch(random: Random): Omit<LogQuery, 'limit'> {
  return {
    query: someQuery(random),
    traceId: random() < 0.2 ? traceIdOf(1 + Math.floor(random() * 6)) : undefined,
    spanId: random() < 0.1 ? spanIdOf(1 + Math.floor(random() * 6)) : undefined,
    minSeverity: random() < 0.3 ? Math.floor(random() * 25) : 0,
    order: pick(random, ['newest', 'oldest']),
    after: undefined,
  };
}

interface Comparison {
  search: Omit<LogQuery, 'limit'>;
  found: number[];
  expected: number[];
}

function compareSearches(store: LogStore, random: Random, count: number): Comparison[] {
  return Array.from({ length: count }, () => {
    const search = someSearch(random);
    return { search, found: store.ids(search, () => 1 + Math.floor(random() ** 2 * 5000)), expected: store.expected(search) };
  });
}

describe('findLogs', () => {
  it.each([1, 2])('finds what a plain reading of every record finds, small and full chunks, merged or not (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const store = new LogStore(random);
    let nonEmpty = 0;
    for (let n = 0; n < 12; n += 1) {
      store.commit(
        Array.from({ length: 1 + Math.floor(random() * 4) }, () => Math.floor(random() * 70)),
        n % 2 === 0 ? withoutAccents : undefined,
      );
      if (n % 4 === 3) store.commit([300]);
      const compared = compareSearches(store, random, 10);
      for (const { search, found, expected } of compared) expect({ search, found }).toEqual({ search, found: expected });
      nonEmpty += compared.filter(({ found }) => found.length > 0).length;
    }
    expect(nonEmpty).toBeGreaterThan(40);
  });

  it('finds what a plain reading of every record finds once chunks are sealed', { timeout: 60_000 }, () => {
    const random = seededRandom(3);
    const store = new LogStore(random);
    for (let n = 0; n < 70; n += 1) store.commit(n % 10 === 5 ? [3, 260] : [260], n % 3 === 0 ? undefined : withoutAccents);
    store.commit([5]);
    const compared = compareSearches(store, random, 30);
    for (const { search, found, expected } of compared) expect({ search, found }).toEqual({ search, found: expected });
    expect(compared.filter(({ found }) => found.length > 0).length).toBeGreaterThan(10);
  });

  it('gives each record exactly once, page by page, while more arrive', () => {
    for (const order of ['newest', 'oldest'] as const) {
      const random = seededRandom(4);
      const store = new LogStore(random);
      store.commit([100, 300, 20]);
      const atFirst = new Set(store.sent.map(({ id }) => id));
      const seen = store.ids({ ...plainSearch, order }, () => {
        store.commit([random() < 0.2 ? 300 : 30]);
        // More than arrive between two pages, so that the list ends.
        return 200 + Math.floor(random() * 300);
      });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => atFirst.has(id))).toHaveLength(atFirst.size);
    }
  });
});

describe('log', () => {
  it('gives each record as it was sent, before and after chunks are merged', () => {
    const store = new LogStore(seededRandom(5));
    for (let n = 0; n < 30; n += 1) {
      store.commit([Math.floor(n * 1.5), n % 10 === 3 ? 280 : 1]);
      if (n % 5 !== 4) continue;
      for (const log of store.sent) {
        const item = LogItem.parse(store.reader.log(log.id));
        const { traceId, spanId } = logContext(log.record);
        expect(item).toEqual({
          ...log.record,
          id: String(log.id),
          contextTraceId: traceId,
          contextSpanId: spanId,
          effectiveTimeUnixNano: String(log.timeNs),
          serviceName: serviceOf(log),
          resource: log.resource,
          scope: log.scope,
        });
      }
    }
    expect(store.reader.log(0)).toBeUndefined();
    expect(store.reader.log(store.sent.length + 1)).toBeUndefined();
    expect(store.reader.log(Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });
});

describe('logCounts', () => {
  it('counts the records of a trace by span, sealed or not', { timeout: 60_000 }, () => {
    const random = seededRandom(6);
    const store = new LogStore(random);
    for (let n = 0; n < 66; n += 1) {
      store.commit([n % 7 === 0 ? 40 : 257]);
      if (n % 13 !== 0) continue;
      for (const traceId of [1, 3, 5, 77].map(traceIdOf)) {
        const expected = new Map<string, number>();
        for (const { record } of store.sent) {
          const context = logContext(record);
          if (context.traceId === traceId) expected.set(context.spanId, (expected.get(context.spanId) ?? 0) + 1);
        }
        expect(store.reader.logCounts(traceId)).toEqual(expected);
      }
    }
  });

  it('knows the trace that a logging integration left in attributes', () => {
    const store = new LogStore(seededRandom(7));
    const record = logOf({ attributes: [{ key: 'otelTraceID', value: { stringValue: traceIdOf(9) } }] });
    const { pieces } = admitLogs(encodeLogs([{ resource: resourceOf('api'), scope: plainScope, items: [record] }]), 'protobuf');
    store.writer.append([{ payloadHash: Buffer.alloc(32), receivedNs: 1n, records: { signal: 'logs', pieces } }]);
    expect(store.reader.logCounts(traceIdOf(9))).toEqual(new Map([['', 1]]));
  });
});
