import type { Query, QueryTerm } from '#proto/model/query';
import { noRow, type WalkedLogs } from '#main/decode/walk/walked';
import type { LogEntry } from '../../index/entries.ts';
import { logEntryOf, type LogRun } from '../../index/log-entry.ts';
import { mayHold } from '../../index/may-hold.ts';
import { mayHoldNeighbours } from '../../index/neighbour-terms.ts';
import { cutTerm, foldedLettersTerm, oddValuesTerm } from '../../index/term-hash.ts';
import { holdsTerm, termsOfLogs } from '../../index/terms.ts';
import type { ChunkContent } from '../chunk-content.ts';
import type { MatchingSources } from '../source-records.ts';
import type { LogChunk } from './log-chunk.ts';

/** A chunk of which nothing is stored but its bytes. What was found in those is kept: its entry, its traces and, once they are asked for, its terms. */
export class UnsealedLogChunk implements LogChunk {
  readonly id: number;
  readonly minTimeNs: bigint;
  readonly maxTimeNs: bigint;
  readonly #entry: LogEntry;
  readonly #runs: readonly LogRun[];
  readonly #traceIds: Buffer;
  /** Records by row of `#traceIds`. */
  readonly #traceCounts: Uint32Array;
  readonly #content: () => ChunkContent<WalkedLogs>;
  #terms: Uint32Array | undefined;

  /** `sourceIds`: of each row of the sources of what was walked. */
  constructor(id: number, sourceIds: Uint32Array, runs: readonly LogRun[], content: () => ChunkContent<WalkedLogs>) {
    const { walked } = content();
    this.id = id;
    this.#entry = logEntryOf(walked, sourceIds, runs);
    this.#runs = runs;
    this.#traceIds = Buffer.from(walked.traceIds);
    this.#traceCounts = new Uint32Array(walked.traceCount);
    for (const row of walked.trace) if (row !== noRow) this.#traceCounts[row] = (this.#traceCounts[row] as number) + 1;
    this.#content = content;
    [this.minTimeNs, this.maxTimeNs] = timeRange(this.#entry.timesNs);
  }

  entry(): LogEntry {
    return this.#entry;
  }

  content(): ChunkContent<WalkedLogs> {
    return this.#content();
  }

  hasFoldedLetters(): boolean {
    return this.#has(foldedLettersTerm) || this.#has(cutTerm);
  }

  hasOddValues(): boolean {
    return this.#has(oddValuesTerm);
  }

  /** Whether a record of it belongs to the trace of these 16 bytes. */
  hasTrace(traceId: Uint8Array): boolean {
    return this.countOf(traceId) > 0;
  }

  /** Its records that belong to the trace of these 16 bytes. */
  countOf(traceId: Uint8Array): number {
    for (let at = this.#traceIds.indexOf(traceId); at >= 0; at = this.#traceIds.indexOf(traceId, at + 1))
      if (at % 16 === 0) return this.#traceCounts[at / 16] ?? 0;
    return 0;
  }

  /** Records by source, and when the last of them arrived; a source may come more than once. */
  *bySource(): Generator<[sourceId: number, of: { count: number; lastSeenNs: bigint }]> {
    const { sourceIds, sourceEnds, idEnds } = this.#entry;
    let from = 0;
    for (const [run, sourceId] of sourceIds.entries()) {
      const end = sourceEnds[run] as number;
      const lastArrival = idEnds.findIndex((idEnd) => idEnd >= end);
      yield [sourceId, { count: end - from, lastSeenNs: this.#runs[lastArrival]?.receivedNs ?? 0n }];
      from = end;
    }
  }

  /** False where no record of it meets the query. */
  mayHold(query: Query, sources: MatchingSources): boolean {
    const has = (term: number): bigint => (this.#has(term) ? 1n : 0n);
    const sourceMask = (term: QueryTerm): bigint => (this.#entry.sourceIds.some((id) => sources.sourceMatches(term, id)) ? 1n : 0n);
    return mayHoldNeighbours(query, mayHold(query, 1n, has, sourceMask), has) !== 0n;
  }

  #has(term: number): boolean {
    this.#terms ??= termsOfLogs(this.#content().walked);
    return holdsTerm(this.#terms, term);
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
