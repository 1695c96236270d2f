import type { WalkedLogs } from '#main/decode/walk/walked';
import type { LogEntry } from '../../index/entries.ts';
import { mayHold } from '../../index/may-hold.ts';
import { holdsTerm, termsOfLogs } from '../../index/terms.ts';
import type { Query } from '#proto/model/query';
import type { MatchingSources } from '../source-records.ts';
import type { LogChunk } from './log-chunk.ts';

/** A chunk of which nothing is stored but its bytes. What was found in those is kept: its entry, its traces and, once they are asked for, its terms. */
export class UnsealedLogChunk implements LogChunk {
  readonly id: number;
  readonly minTimeNs: bigint;
  readonly maxTimeNs: bigint;
  readonly #entry: LogEntry;
  readonly #traceIds: Buffer;
  readonly #walk: () => WalkedLogs;
  #terms: Uint32Array | undefined;

  constructor(id: number, entry: LogEntry, walked: WalkedLogs, walk: () => WalkedLogs) {
    this.id = id;
    this.#entry = entry;
    this.#traceIds = Buffer.from(walked.traceIds);
    this.#walk = walk;
    [this.minTimeNs, this.maxTimeNs] = timeRange(entry.timesNs);
  }

  entry(): LogEntry {
    return this.#entry;
  }

  walked(): WalkedLogs {
    return this.#walk();
  }

  /** Whether a record of it belongs to the trace of these 16 bytes. */
  hasTrace(traceId: Uint8Array): boolean {
    for (let at = this.#traceIds.indexOf(traceId); at >= 0; at = this.#traceIds.indexOf(traceId, at + 1)) if (at % 16 === 0) return true;
    return false;
  }

  /** False where no record of it meets the query. */
  mayHold(query: Query, sources: MatchingSources): boolean {
    const has = (term: number): bigint => (holdsTerm((this.#terms ??= termsOfLogs(this.#walk())), term) ? 1n : 0n);
    return mayHold(query, 1n, has, (term) => (this.#entry.sourceIds.some((id) => sources.sourceMatches(term, id)) ? 1n : 0n)) !== 0n;
  }
}

function timeRange(timesNs: BigUint64Array): [bigint, bigint] {
  let [earliest, latest] = [timesNs[0] ?? 0n, timesNs[0] ?? 0n];
  for (const time of timesNs) {
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  return [earliest, latest];
}
