import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../index/entries.ts';
import type { LogPosition, LogQuery } from '../../interface.ts';
import { seededRandom } from '../../records.fixture.ts';
import { verdict } from '../evaluate-entry.ts';
import { walkLogs } from '#main/decode/walk/walk-logs';
import { ChunkContent } from '../chunk-content.ts';
import { findLogs, type LogJudge } from './find-logs.ts';
import { boundOf, type LogChunk } from './log-chunk.ts';
import { comparisonFor } from './log-order.ts';

/** The search over chunks that are in memory: exact in any order of times, and reading no more than it has to. */

interface Log extends LogPosition {
  matches: boolean;
  /** Whether the entry can tell. */
  certain: boolean;
}

type MemoryChunk = LogChunk & { logs: readonly Log[] };

const year = 365n * 86_400_000_000_000n;

function chunkOf(id: number, logs: readonly Log[]): MemoryChunk {
  const times = logs.map(({ effectiveTimeNs }) => effectiveTimeNs);
  const entry: LogEntry = {
    count: logs.length,
    sourceIds: Uint32Array.of(1),
    sourceEnds: Uint32Array.of(logs.length),
    zones: { keys: new Uint32Array(), min: new Float64Array(), max: new Float64Array() },
    timesNs: BigUint64Array.from(times),
    severity: new Uint8Array(logs.length),
    // One run a record: ids of merged chunks are not in a row.
    firstIds: Float64Array.from(logs, (log) => log.id),
    idEnds: Uint32Array.from(logs, (_, row) => row + 1),
  };
  const minTimeNs = times.reduce((a, b) => (a < b ? a : b));
  const maxTimeNs = times.reduce((a, b) => (a > b ? a : b));
  return {
    id,
    logs,
    minTimeNs,
    maxTimeNs,
    entry: () => entry,
    hasFoldedLetters: () => true,
    hasOddValues: () => true,
    content: () => new ChunkContent(Buffer.alloc(0), walkLogs),
  };
}

/** Answers from the records themselves, and counts what it was asked. */
class CountingJudge implements LogJudge {
  readonly #byEntry: Map<LogEntry, MemoryChunk>;
  entries = 0;
  bytes = 0;

  constructor(chunks: readonly MemoryChunk[]) {
    this.#byEntry = new Map(chunks.map((chunk) => [chunk.entry(), chunk]));
  }

  byEntry(entry: LogEntry): Uint8Array {
    this.entries += 1;
    return Uint8Array.from(this.#logs(entry), ({ matches, certain }) => (certain ? (matches ? verdict.yes : verdict.no) : verdict.maybe));
  }

  byBytes(chunk: LogChunk): Uint8Array {
    this.bytes += 1;
    return Uint8Array.from(this.#logs(chunk.entry()), ({ matches }) => (matches ? 1 : 0));
  }

  #logs(entry: LogEntry): readonly Log[] {
    return this.#byEntry.get(entry)?.logs ?? [];
  }
}

function search(
  chunks: readonly MemoryChunk[],
  query: Pick<LogQuery, 'order' | 'after' | 'limit'>,
): { ids: number[]; judge: CountingJudge } {
  const compare = comparisonFor(query.order);
  const judge = new CountingJudge(chunks);
  const inOrder = chunks.toSorted((a, b) => compare(boundOf(a, query.order), boundOf(b, query.order)));
  return { ids: findLogs(inOrder[Symbol.iterator](), judge, query).map(({ id }) => id), judge };
}

function expected(chunks: readonly MemoryChunk[], { order, after, limit }: Pick<LogQuery, 'order' | 'after' | 'limit'>): number[] {
  const compare = comparisonFor(order);
  return chunks
    .flatMap(({ logs }) => logs)
    .filter((log) => log.matches && (after === undefined || compare(log, after) > 0))
    .toSorted(compare)
    .slice(0, limit)
    .map(({ id }) => id);
}

/** Records of `count` chunks; `timeOf` says when the `n`-th record of a chunk was. */
function chunksOf(
  count: number,
  size: number,
  timeOf: (chunk: number, n: number) => bigint,
  logOf: (id: number) => Omit<Log, keyof LogPosition>,
): MemoryChunk[] {
  return Array.from({ length: count }, (_, chunk) =>
    chunkOf(
      chunk + 1,
      Array.from({ length: size }, (__, n) => ({
        id: chunk * size + n + 1,
        effectiveTimeNs: timeOf(chunk, n),
        ...logOf(chunk * size + n + 1),
      })),
    ),
  );
}

const certain = (): Omit<Log, keyof LogPosition> => ({ matches: true, certain: true });
const doubtful = (): Omit<Log, keyof LogPosition> => ({ matches: true, certain: false });

describe('findLogs', () => {
  it.each([1, 2, 3, 4, 5, 6])('finds what sorting all records finds, page by page in both orders (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const spread = [1n, 300n, year / 20n][seed % 3] ?? 1n;
    const step = [0n, 5n, 900n][seed % 3] ?? 0n;
    const timeOf = (chunk: number): bigint => 50n * year + BigInt(chunk) * step + BigInt(Math.floor(random() * 1000)) * spread;
    const chunks = chunksOf(40, 20, timeOf, () => ({ matches: random() < 0.3, certain: random() < 0.5 }));
    for (const order of ['newest', 'oldest'] as const) {
      const seen: number[] = [];
      for (let after: LogPosition | undefined; ;) {
        const query = { order, after, limit: 1 + Math.floor(random() * 30) };
        const { ids } = search(chunks, query);
        expect(ids).toEqual(expected(chunks, query));
        seen.push(...ids);
        const last = chunks.flatMap(({ logs }) => logs).find(({ id }) => id === ids.at(-1));
        if (last === undefined) break;
        after = last;
      }
      expect(seen).toEqual(expected(chunks, { order, after: undefined, limit: 1000 }));
    }
  });

  it('opens one chunk of a hundred where times follow each other', () => {
    const chunks = chunksOf(100, 50, (chunk, n) => BigInt(chunk * 50 + n), doubtful);
    for (const order of ['newest', 'oldest'] as const) {
      const { ids, judge } = search(chunks, { order, after: undefined, limit: 50 });
      expect(ids).toHaveLength(50);
      expect(judge).toMatchObject({ entries: 1, bytes: 1 });
    }
  });

  it('reads no bytes where entries are certain', () => {
    const { judge } = search(
      chunksOf(100, 50, (chunk, n) => BigInt(n * 100 + chunk), certain),
      { order: 'newest', after: undefined, limit: 10 },
    );
    expect(judge).toMatchObject({ entries: 10, bytes: 0 });
  });

  it('reads the bytes of the chunks that hold the answer where the times of a hundred overlap', () => {
    const chunks = chunksOf(100, 50, (chunk, n) => BigInt(n * 100 + chunk), doubtful);
    const query = { order: 'newest', after: undefined, limit: 10 } as const;
    const { ids, judge } = search(chunks, query);
    expect(ids).toEqual(expected(chunks, query));
    expect(judge.bytes).toBe(10);
  });

  it('is not led astray by one chunk that spans years', () => {
    const chunks = chunksOf(50, 50, (chunk, n) => 40n * year + BigInt(chunk * 50 + n), doubtful);
    const wide = chunkOf(99, [
      { id: 9001, effectiveTimeNs: 48n * year, matches: false, certain: false },
      { id: 9002, effectiveTimeNs: 130n * year, matches: true, certain: false },
      { id: 9003, effectiveTimeNs: 0n, matches: true, certain: false },
    ]);
    const all = [...chunks, wide];
    for (const order of ['newest', 'oldest'] as const) {
      const query = { order, after: undefined, limit: 30 };
      const { ids, judge } = search(all, query);
      expect(ids).toEqual(expected(all, query));
      expect(judge.bytes).toBe(2);
    }
  });
});
