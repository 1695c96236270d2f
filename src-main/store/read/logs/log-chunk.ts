import type { WalkedLogs } from '#main/decode/walk/walked';
import type { LogEntry } from '../../index/entries.ts';
import type { LogPosition, LogQuery } from '../../interface.ts';
import type { ChunkContent } from '../chunk-content.ts';

/** A chunk of log records as a question sees it, sealed or not. What is asked for first is cheapest. */
export interface LogChunk {
  id: number;
  /** Effective times of its first and its last record by time. */
  minTimeNs: bigint;
  maxTimeNs: bigint;
  entry(): LogEntry;
  /** Whether a letter with an accent, which words have without, is in its texts; true where that is not known. */
  hasFoldedLetters(): boolean;
  /** Whether there are values in it that are shown otherwise than they are sent, besides ints and bools; true where that is not known. */
  hasOddValues(): boolean;
  content(): ChunkContent<WalkedLogs>;
}

export type TimeRange = Pick<LogChunk, 'minTimeNs' | 'maxTimeNs'>;

/** No record of the chunk is listed before this place. */
export function boundOf({ minTimeNs, maxTimeNs }: TimeRange, order: LogQuery['order']): LogPosition {
  return order === 'newest' ? { effectiveTimeNs: maxTimeNs, id: lastId } : { effectiveTimeNs: minTimeNs, id: firstId };
}

/** No record of the chunk is listed after this place. */
export function endOf({ minTimeNs, maxTimeNs }: TimeRange, order: LogQuery['order']): LogPosition {
  return order === 'newest' ? { effectiveTimeNs: minTimeNs, id: firstId } : { effectiveTimeNs: maxTimeNs, id: lastId };
}

const firstId = 0;
const lastId = Number.MAX_SAFE_INTEGER;

/** Calls `visit` with each record that `verdicts` is not 0 for. */
export function eachLog(entry: LogEntry, verdicts: Uint8Array, visit: (row: number, position: LogPosition) => void): void {
  let run = 0;
  let runStart = 0;
  for (let row = 0; row < entry.count; row += 1) {
    while (row >= (entry.idEnds[run] as number)) {
      runStart = entry.idEnds[run] as number;
      run += 1;
    }
    if (verdicts[row] === 0) continue;
    visit(row, { effectiveTimeNs: entry.timesNs[row] as bigint, id: (entry.firstIds[run] as number) + row - runStart });
  }
}

/** The record's row in the chunk; -1 where it is not in it. */
export function rowOfLog(entry: LogEntry, id: number): number {
  let runStart = 0;
  for (const [run, runEnd] of entry.idEnds.entries()) {
    const place = id - (entry.firstIds[run] as number);
    if (place >= 0 && place < runEnd - runStart) return runStart + place;
    runStart = runEnd;
  }
  return -1;
}

export function sourceOfLog({ sourceIds, sourceEnds }: LogEntry, row: number): number {
  const run = sourceEnds.findIndex((end) => row < end);
  const id = sourceIds[run];
  if (id === undefined) throw new Error('A log record is stored without its source.');
  return id;
}
