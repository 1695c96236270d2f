import type { Database } from 'better-sqlite3';
import { readUint32s } from '../chunk-rows.ts';
import type { TraceOrdinal } from '../interface.ts';
import { signalCode } from '../schema.ts';

/** Sealed chunks of spans. */
export interface TraceGroup {
  id: number;
  chunks: Uint32Array;
  /** Of the traces that its spans belong to. */
  firstOrdinal: TraceOrdinal;
  lastOrdinal: TraceOrdinal;
  /** No span of it took longer. */
  longestNs: bigint;
  filterBlocks: number;
}

interface Row {
  id: bigint;
  chunks: Buffer;
  first_ordinal: bigint;
  last_ordinal: bigint;
  longest_ns: bigint;
  filter_blocks: bigint;
}

/** All sealed groups of spans, in memory: some 400 bytes for 32,768 spans or more. */
export class TraceGroups {
  readonly #ids;
  readonly #row;
  #groups = new Map<number, TraceGroup>();
  #newestFirst: readonly TraceGroup[] = [];

  constructor(db: Database) {
    this.#ids = db.prepare<[], number>(`SELECT id FROM chunk_group WHERE signal = ${signalCode.traces}`).pluck();
    this.#row = db
      .prepare<[number], Row>('SELECT id, chunks, first_ordinal, last_ordinal, longest_ns, filter_blocks FROM chunk_group WHERE id = ?')
      .safeIntegers();
  }

  /** To be called at the start of each question, inside its transaction. */
  refresh(): void {
    const ids = this.#ids.all();
    if (ids.length === this.#groups.size && ids.every((id) => this.#groups.has(id))) return;
    this.#groups = new Map(ids.map((id) => [id, this.#groups.get(id) ?? this.#read(id)]));
    this.#newestFirst = [...this.#groups.values()].toSorted((a, b) => b.lastOrdinal - a.lastOrdinal);
  }

  /** Those with the newest traces first. */
  newestFirst(): readonly TraceGroup[] {
    return this.#newestFirst;
  }

  #read(id: number): TraceGroup {
    const row = this.#row.get(id);
    if (row === undefined) throw new Error('A group is gone while it is looked at.');
    return {
      id,
      chunks: readUint32s(row.chunks),
      firstOrdinal: Number(row.first_ordinal),
      lastOrdinal: Number(row.last_ordinal),
      longestNs: row.longest_ns,
      filterBlocks: Number(row.filter_blocks),
    };
  }
}
