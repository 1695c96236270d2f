import type { Database } from 'better-sqlite3';
import type { LogItem } from '#proto/bridge/shapes';
import { rowsOfTrace } from '#main/decode/walk/records';
import { walkLogs } from '#main/decode/walk/walk-logs';
import type { WalkedLogs } from '#main/decode/walk/walked';
import { logRuns, readUint32s } from '../../chunk-rows.ts';
import type { LogEntry } from '../../index/entries.ts';
import { readLogEntry } from '../../index/log-entry.ts';
import type { FoundLog, LogPosition, LogQuery } from '../../interface.ts';
import { ChunkContents, type ChunkContent } from '../chunk-content.ts';
import { GroupEntries } from '../group-entries.ts';
import type { GroupFilters } from '../group-filter.ts';
import type { SourceIds } from '../source-ids.ts';
import { MatchingSources, type SourceRecords } from '../source-records.ts';
import { Unsealed } from '../unsealed.ts';
import { clueOfId } from './clues.ts';
import { findLogs } from './find-logs.ts';
import { boundOf, endOf, rowOfLog, sourceOfLog, type LogChunk, type TimeRange } from './log-chunk.ts';
import { LogFilter } from './log-filter.ts';
import { logItemOf } from './log-item.ts';
import { comparisonFor } from './log-order.ts';
import { merge } from './merge.ts';
import { narrow } from './narrow.ts';
import { SealedCandidates } from './sealed-candidates.ts';
import { SealedLogChunks, type SealedLogChunk } from './sealed-log-chunks.ts';
import { UnsealedLogChunk } from './unsealed-log-chunk.ts';

/** Entries in memory: those of three million records. */
const maxEntryBytes = 16 * 1024 * 1024;
/** Decompressed chunks in memory: some 150. */
const maxContentBytes = 48 * 1024 * 1024;

/**
 * Questions about log records. Each has to be asked inside a transaction, after `refresh`. What bounds them:
 *
 * - A list, or words that are frequent: the bytes of the few chunks that the page is in.
 * - A rare word, the beginning of one, a phrase, an attribute: one block of the filter a term and group, then the bytes of the chunks that hold a match, until the page is full.
 *   Of those only records with a clue in their bytes are walked.
 * - Words that are each in every chunk but seldom in one record, a number that is compared, the first two or three characters of an id, `NOT` of what nearly all have: the bytes of
 *   all chunks, until the page is full.
 * - The logs of a trace, by list or by span: the bytes of its chunks. Of a span whose trace is not given: of all chunks.
 * - A record by its id: the entries of the chunks that span the id, and the bytes of one.
 */
export class Logs {
  readonly #sources: SourceRecords;
  readonly #sourceIds: SourceIds;
  readonly #filters: GroupFilters;
  readonly #entries: GroupEntries<LogEntry>;
  readonly #contents: ChunkContents<WalkedLogs>;
  readonly #sealed: SealedLogChunks;
  readonly #unsealed: Unsealed<UnsealedLogChunk>;
  readonly #arrival;
  readonly #sealedCount;
  readonly #chunksOfTrace;

  constructor(db: Database, sources: SourceRecords, sourceIds: SourceIds, filters: GroupFilters) {
    this.#sources = sources;
    this.#sourceIds = sourceIds;
    this.#filters = filters;
    this.#entries = new GroupEntries(db, readLogEntry, maxEntryBytes);
    this.#contents = new ChunkContents(db, walkLogs, maxContentBytes);
    this.#sealed = new SealedLogChunks(db);
    this.#unsealed = new Unsealed(db, 'logs', (id) => this.#openUnsealed(id));
    this.#arrival = db.prepare<[number], Buffer>('SELECT arrival FROM chunk WHERE id = ?').pluck();
    this.#sealedCount = db.prepare<[Uint8Array], number>('SELECT log_count FROM trace_log WHERE trace_id = ?').pluck();
    this.#chunksOfTrace = db.prepare<[Buffer], Buffer>('SELECT chunks FROM trace_log WHERE trace_id = ?').pluck();
  }

  find(query: LogQuery): FoundLog[] {
    const sources = new MatchingSources(this.#sources);
    const filter = new LogFilter(query, sources);
    const matches = findLogs(this.#chunksFor(query, filter, sources), filter, query);
    return matches.map(({ chunk, row, ...position }) => ({ ...position, log: this.#item(chunk, row, position) }));
  }

  /** By its place in the order of arrival. */
  read(id: number): LogItem | undefined {
    for (const chunk of [...this.#unsealed.chunks(), ...this.#sealed.spanning(id).map((sealed) => this.#openSealed(sealed))]) {
      const row = rowOfLog(chunk.entry(), id);
      if (row >= 0) return this.#item(chunk, row, { id, effectiveTimeNs: chunk.entry().timesNs[row] as bigint });
    }
    return undefined;
  }

  /** Records of a trace by span id; the empty id for those that name the trace but no span. */
  countBySpan(traceIdHex: string): Map<string, number> {
    const traceId = Buffer.from(traceIdHex, 'hex');
    const counts = new Map<bigint, number>();
    for (const walked of this.#walkedOfTrace(traceId)) {
      for (const row of rowsOfTrace(walked, traceId)) {
        const spanId = walked.spanIds[row] as bigint;
        counts.set(spanId, (counts.get(spanId) ?? 0) + 1);
      }
    }
    return new Map([...counts].map(([spanId, count]) => [spanId === 0n ? '' : spanId.toString(16).padStart(16, '0'), count]));
  }

  /** All records of a stored chunk. */
  walked(chunkId: number): WalkedLogs {
    return this.#contents.of(chunkId).walked;
  }

  /** Records that belong to the trace of these 16 bytes. */
  countOf(traceId: Uint8Array): number {
    let count = this.#sealedCount.get(traceId) ?? 0;
    for (const chunk of this.#unsealed.chunks()) count += chunk.countOf(traceId);
    return count;
  }

  /** Records of each source that are not sealed yet, and when the last of them arrived. */
  *unsealedBySource(): Generator<[sourceId: number, of: { count: number; lastSeenNs: bigint }]> {
    for (const chunk of this.#unsealed.chunks()) yield* chunk.bySource();
  }

  /** Finds out what is stored now. */
  refresh(): void {
    this.#sealed.refresh();
    this.#unsealed.refresh();
  }

  /** Walks through those records of each chunk that may belong to a trace. */
  *#walkedOfTrace(traceId: Buffer): Generator<WalkedLogs> {
    const clues = [clueOfId(traceId)];
    const excerpt = (content: ChunkContent<WalkedLogs>): WalkedLogs =>
      content.excerpt(
        narrow(
          content,
          Array.from({ length: content.frame.count }, (_, row) => row),
          clues,
        ),
      );
    for (const id of this.#sealedOfTrace(traceId)) yield excerpt(this.#contents.of(id));
    for (const chunk of this.#unsealed.chunks()) if (chunk.hasTrace(traceId)) yield excerpt(chunk.content());
  }

  #sealedOfTrace(traceId: Buffer): Uint32Array {
    return readUint32s(this.#chunksOfTrace.get(traceId) ?? Buffer.alloc(0));
  }

  /** Chunks that may hold something that the query finds and that has not been listed yet, in the order of the first place that a record of theirs can have. */
  *#chunksFor({ order, after }: LogQuery, filter: LogFilter, sources: MatchingSources): Generator<LogChunk> {
    const compare = comparisonFor(order);
    const compareBounds = (a: TimeRange, b: TimeRange): number => compare(boundOf(a, order), boundOf(b, order));
    const ofTrace = filter.traceId && new Set(this.#sealedOfTrace(filter.traceId));
    const candidates = new SealedCandidates(filter.query, sources, this.#filters, this.#entries);
    const unsealed = [...this.#unsealed.chunks()].toSorted(compareBounds);
    for (const chunk of merge(unsealed, this.#sealed.inOrder(order), compareBounds)) {
      if (after !== undefined && compare(endOf(chunk, order), after) < 0) continue;
      if (chunk instanceof UnsealedLogChunk) {
        if ((filter.traceId === undefined || chunk.hasTrace(filter.traceId)) && chunk.mayHold(filter.query, sources)) yield chunk;
      } else if ((ofTrace === undefined || ofTrace.has(chunk.id)) && candidates.has(chunk)) yield this.#openSealed(chunk);
    }
  }

  #openSealed(sealed: SealedLogChunk): LogChunk {
    const { id, group, place, minTimeNs, maxTimeNs } = sealed;
    const entry = (): LogEntry => {
      const found = this.#entries.of(group.id)[place];
      if (found === undefined) throw new Error('A group has fewer entries than chunks.');
      return found;
    };
    const isIn = (mask: bigint): boolean => ((mask >> BigInt(place)) & 1n) === 1n;
    const hasFoldedLetters = (): boolean => isIn(this.#filters.foldedIn(group));
    const hasOddValues = (): boolean => isIn(this.#filters.oddIn(group));
    return { id, minTimeNs, maxTimeNs, entry, hasFoldedLetters, hasOddValues, content: () => this.#contents.of(id) };
  }

  #openUnsealed(id: number): UnsealedLogChunk {
    const content = (): ChunkContent<WalkedLogs> => this.#contents.of(id);
    const arrival = this.#arrival.get(id);
    if (arrival === undefined) throw new Error(`Chunk ${id} is to be sealed, and is not there.`);
    return new UnsealedLogChunk(id, this.#sourceIds.of(content().walked.sources), logRuns(arrival), content);
  }

  #item(chunk: LogChunk, row: number, position: LogPosition): LogItem {
    return logItemOf(chunk.content(), row, position, this.#sources.read(sourceOfLog(chunk.entry(), row)));
  }
}
