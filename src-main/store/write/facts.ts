import { readText } from '#main/decode/walk/records';
import { noRow, type WalkedLogs, type WalkedSpans } from '#main/decode/walk/walked';
import type { LogRun } from '../index/log-entry.ts';
import { logEntryOf, writeLogEntry } from '../index/log-entry.ts';
import { spanEntryOf, writeSpanEntry } from '../index/span-entry.ts';
import { termsOfLogs, termsOfSpans } from '../index/terms.ts';
import type { LogPiece, SpanPiece } from './pieces.ts';
import type { SummedSpans } from '../trace-sum.ts';

/** What sealing needs of a full chunk, so that nothing has to be read again. */
export interface Index {
  /** As bytes (`index/span-entry.ts`, `index/log-entry.ts`). */
  entry: Uint8Array;
  terms: Uint32Array;
}

/** What is known of an unsealed chunk of spans beside its bytes. */
export interface SpanFacts extends SummedSpans {
  /** 16 bytes each, as in `ordinals`. */
  ids: Uint8Array;
  /** The smallest and the largest of `ordinals`. */
  firstOrdinal: number;
  lastOrdinal: number;
  /** When each of the traces first had a span in it. */
  receivedNs: BigUint64Array;
  /** Only of a full chunk. */
  index: Index | undefined;
}

export function spanFactsOf({ walked, arrivals }: SpanPiece, sourceIds: Uint32Array, full: boolean): SpanFacts {
  const { ordinals, receivedNs } = arrivals;
  const { count, source, trace, name, statusCode, parentSpanIds, startNs, endNs } = walked;
  const names = namesOf(walked);
  return {
    columns: { count, source, trace, name, statusCode, parentSpanIds, startNs, endNs },
    sourceIds,
    nameOf: (row) => names.get(row) ?? '',
    ids: walked.traceIds,
    ordinals,
    firstOrdinal: ordinals.reduce((first, ordinal) => Math.min(first, ordinal), Infinity),
    lastOrdinal: ordinals.reduce((last, ordinal) => Math.max(last, ordinal), 0),
    receivedNs,
    index: full ? { entry: writeSpanEntry(spanEntryOf(walked, ordinals, sourceIds)), terms: termsOfSpans(walked) } : undefined,
  };
}

function namesOf(walked: WalkedSpans): Map<number, string> {
  const names = new Map<number, string>();
  for (const row of walked.name) if (!names.has(row)) names.set(row, readText(walked, row));
  return names;
}

/** What is known of an unsealed chunk of log records beside its bytes. */
export interface LogFacts {
  runs: readonly LogRun[];
  /** Only of a full chunk. */
  index: LogIndex | undefined;
}

export interface LogIndex extends Index {
  minTimeNs: bigint;
  maxTimeNs: bigint;
  traces: LogsOfTraces;
  /** Records by id of `source`. */
  sources: ReadonlyMap<number, number>;
}

/** Trace ids as 16 bytes each, with the number of records of each. */
export interface LogsOfTraces {
  ids: Uint8Array;
  counts: Uint32Array;
}

export function logFactsOf({ walked, runs }: LogPiece, sourceIds: Uint32Array, full: boolean): LogFacts {
  return { runs, index: full ? logIndexOf(walked, sourceIds, runs) : undefined };
}

function logIndexOf(walked: WalkedLogs, sourceIds: Uint32Array, runs: readonly LogRun[]): LogIndex {
  const entry = logEntryOf(walked, sourceIds, runs);
  return {
    entry: writeLogEntry(entry),
    terms: termsOfLogs(walked),
    ...rangeOf(entry.timesNs),
    traces: logsOfTraces(walked),
    sources: new Map(walked.sources.map(({ count }, row) => [sourceIds[row] ?? 0, count])),
  };
}

function rangeOf(timesNs: BigUint64Array): { minTimeNs: bigint; maxTimeNs: bigint } {
  let minTimeNs = timesNs[0] ?? 0n;
  let maxTimeNs = minTimeNs;
  for (const timeNs of timesNs) {
    if (timeNs < minTimeNs) minTimeNs = timeNs;
    else if (timeNs > maxTimeNs) maxTimeNs = timeNs;
  }
  return { minTimeNs, maxTimeNs };
}

export function logsOfTraces({ count, trace, traceCount, traceIds }: WalkedLogs): LogsOfTraces {
  const counts = new Uint32Array(traceCount);
  for (let row = 0; row < count; row += 1) {
    const of = trace[row] as number;
    if (of !== noRow) counts[of] = (counts[of] as number) + 1;
  }
  return { ids: traceIds.slice(0, traceCount * 16), counts };
}
