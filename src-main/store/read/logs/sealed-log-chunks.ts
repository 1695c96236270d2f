import type { Database } from 'better-sqlite3';
import { readUint32s } from '../../chunk-rows.ts';
import { signalCode } from '../../schema.ts';
import { fromSigned } from '../../unsigned.ts';

/** Log records that were sealed together. */
export interface LogGroup {
  id: number;
  chunks: Uint32Array;
  filterBlocks: number;
}

/** Where a sealed chunk of log records is, and what it spans. */
export interface SealedLogChunk {
  id: number;
  group: LogGroup;
  /** In the group: its bit in the filter. */
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
 * word, cost less than a microsecond a chunk that is passed over, not a row of SQLite.
 */
export class SealedLogChunks {
  readonly #groupIds;
  readonly #group;
  readonly #rows;
  readonly #groups = new Map<number, readonly SealedLogChunk[]>();
  #newestFirst: SealedLogChunk[] = [];
  #oldestFirst: SealedLogChunk[] = [];

  constructor(db: Database) {
    this.#groupIds = db.prepare<[], number>(`SELECT id FROM chunk_group WHERE signal = ${signalCode.logs}`).pluck();
    this.#group = db.prepare<[number], { chunks: Buffer; filter_blocks: number }>(
      'SELECT chunks, filter_blocks FROM chunk_group WHERE id = ?',
    );
    this.#rows = db
      .prepare<[number, number, number], ChunkRow>(
        'SELECT chunk, min_time_ns, max_time_ns, first_log, last_log FROM log_chunk WHERE chunk BETWEEN ? AND ? AND group_id = ?',
      )
      .safeIntegers();
  }

  /** To be called at the start of each question, inside its transaction. */
  refresh(): void {
    const stored = new Set(this.#groupIds.all());
    const isGone = [...this.#groups.keys()].some((id) => !stored.has(id));
    if (isGone) this.#keep(stored);
    const added = [...stored].filter((id) => !this.#groups.has(id));
    if (added.length > 0) this.#insert(added.flatMap((id) => this.#load(id)));
  }

  /** By the latest time of each where the newest records are listed first, by the earliest otherwise. */
  inOrder(order: 'newest' | 'oldest'): readonly SealedLogChunk[] {
    return order === 'newest' ? this.#newestFirst : this.#oldestFirst;
  }

  /** Chunks that may hold the record; more than one, because chunks that were merged from small ones span what arrived between those. */
  spanning(logId: number): SealedLogChunk[] {
    return this.#newestFirst.filter(({ firstLog, lastLog }) => firstLog <= logId && logId <= lastLog);
  }

  #load(id: number): SealedLogChunk[] {
    const row = this.#group.get(id);
    if (row === undefined) throw new Error('A group is gone while it is looked at.');
    const group = { id, chunks: readUint32s(row.chunks), filterBlocks: row.filter_blocks };
    const places = new Map(Array.from(group.chunks, (chunk, place) => [chunk, place]));
    const chunks = this.#rows.all(group.chunks[0] ?? 0, group.chunks.at(-1) ?? 0, id).map((chunk) => sealedChunk(chunk, group, places));
    this.#groups.set(id, chunks);
    return chunks;
  }

  #keep(stored: ReadonlySet<number>): void {
    for (const id of this.#groups.keys()) if (!stored.has(id)) this.#groups.delete(id);
    this.#newestFirst = this.#newestFirst.filter(({ group }) => stored.has(group.id));
    this.#oldestFirst = this.#oldestFirst.filter(({ group }) => stored.has(group.id));
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

function sealedChunk(row: ChunkRow, group: LogGroup, places: ReadonlyMap<number, number>): SealedLogChunk {
  const id = Number(row.chunk);
  const place = places.get(id);
  if (place === undefined) throw new Error('A chunk of log records names a group that does not name it.');
  return {
    id,
    group,
    place,
    minTimeNs: fromSigned(row.min_time_ns),
    maxTimeNs: fromSigned(row.max_time_ns),
    firstLog: Number(row.first_log),
    lastLog: Number(row.last_log),
  };
}
