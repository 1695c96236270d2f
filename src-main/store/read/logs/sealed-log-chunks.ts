import type { Database } from 'better-sqlite3';
import { signalCode } from '../../schema.ts';
import { fromSigned } from '../../unsigned.ts';
import { uint32sOf } from './uint32s-of.ts';

/** Where a sealed chunk of log records is, and what it spans. */
export interface SealedLogChunk {
  id: number;
  groupId: number;
  /** Its bit in the filter of its group. */
  place: number;
  minTimeNs: bigint;
  maxTimeNs: bigint;
  /** Ids of its first and last record; records between may be in other chunks. */
  firstLog: number;
  lastLog: number;
}

interface ChunkRow {
  chunk: bigint;
  min_time_ns: bigint;
  max_time_ns: bigint;
  first_log: bigint;
  last_log: bigint;
}

/**
 * All sealed chunks of log records in memory, in both orders of time: some 150 bytes for 512 records or more, kept up to date group by group. So a page deep in the list, and a rare
 * word, cost microseconds a chunk that is passed over, not a row of SQLite.
 */
export class SealedLogChunks {
  readonly #groupIds;
  readonly #chunksOfGroup;
  readonly #rows;
  readonly #byGroup = new Map<number, SealedLogChunk[]>();
  #newestFirst: SealedLogChunk[] = [];
  #oldestFirst: SealedLogChunk[] = [];

  constructor(db: Database) {
    this.#groupIds = db.prepare<[number], number>('SELECT id FROM chunk_group WHERE signal = ? ORDER BY id').pluck();
    this.#chunksOfGroup = db.prepare<[number], Buffer>('SELECT chunks FROM chunk_group WHERE id = ?').pluck();
    this.#rows = db
      .prepare<[number, number, number], ChunkRow>(
        'SELECT chunk, min_time_ns, max_time_ns, first_log, last_log FROM log_chunk WHERE chunk BETWEEN ? AND ? AND group_id = ?',
      )
      .safeIntegers();
  }

  /** To be called at the start of each question, inside its transaction. */
  refresh(): void {
    const stored = new Set(this.#groupIds.all(signalCode.logs));
    const gone = [...this.#byGroup.keys()].filter((id) => !stored.has(id));
    for (const id of gone) this.#byGroup.delete(id);
    const added = [...stored].filter((id) => !this.#byGroup.has(id)).flatMap((id) => this.#load(id));
    if (gone.length > 0) {
      this.#newestFirst = this.#newestFirst.filter(({ groupId }) => stored.has(groupId));
      this.#oldestFirst = this.#oldestFirst.filter(({ groupId }) => stored.has(groupId));
    }
    if (added.length > 0) this.#insert(added);
  }

  inOrder(order: 'newest' | 'oldest'): readonly SealedLogChunk[] {
    return order === 'newest' ? this.#newestFirst : this.#oldestFirst;
  }

  /** Chunks that may hold the record; more than one, because chunks that were merged from small ones span what arrived between those. */
  spanning(logId: number): SealedLogChunk[] {
    return this.#newestFirst.filter(({ firstLog, lastLog }) => firstLog <= logId && logId <= lastLog);
  }

  /** Those of `chunkIds` that are sealed. */
  select(chunkIds: ReadonlySet<number>): SealedLogChunk[] {
    return this.#newestFirst.filter(({ id }) => chunkIds.has(id));
  }

  #load(groupId: number): SealedLogChunk[] {
    const ids = uint32sOf(this.#chunksOfGroup.get(groupId));
    const places = new Map([...ids].map((id, place) => [id, place]));
    const rows = this.#rows.all(ids[0] ?? 0, ids.at(-1) ?? 0, groupId);
    const chunks = rows.map((row) => {
      const id = Number(row.chunk);
      const place = places.get(id);
      if (place === undefined) throw new Error('A chunk of log records names a group that does not name it.');
      return {
        id,
        groupId,
        place,
        minTimeNs: fromSigned(row.min_time_ns),
        maxTimeNs: fromSigned(row.max_time_ns),
        firstLog: Number(row.first_log),
        lastLog: Number(row.last_log),
      };
    });
    this.#byGroup.set(groupId, chunks);
    return chunks;
  }

  /** Sorting what is sorted but for its end is linear. */
  #insert(added: readonly SealedLogChunk[]): void {
    for (const chunk of added) {
      this.#newestFirst.push(chunk);
      this.#oldestFirst.push(chunk);
    }
    this.#newestFirst.sort((a, b) => (a.maxTimeNs === b.maxTimeNs ? b.id - a.id : a.maxTimeNs < b.maxTimeNs ? 1 : -1));
    this.#oldestFirst.sort((a, b) => (a.minTimeNs === b.minTimeNs ? a.id - b.id : a.minTimeNs < b.minTimeNs ? -1 : 1));
  }
}
