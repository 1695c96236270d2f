import type { Database } from 'better-sqlite3';
import { readUint32s, writeUint32s } from '../chunk-rows.ts';
import { joinEntries, splitEntries } from '../group-entries.ts';
import { buildFilter } from '../index/term-filter.ts';
import { signalCode } from '../schema.ts';
import type { Index } from './facts.ts';

/** `filter_block.id`: blocks of one group lie together. */
const maxBlocks = 65_536;

export interface NewGroup {
  signal: keyof typeof signalCode;
  chunks: readonly { id: number; recordCount: number; index: Index }[];
  firstOrdinal: number;
  lastOrdinal: number;
  longestNs: bigint;
  /** Which file all of it is of; 0 for what was received. */
  importId: number;
}

export interface StoredGroup {
  id: number;
  chunks: Uint32Array;
  lastOrdinal: number;
}

/** Sealed groups: `chunk_group`, `group_entries` and `filter_block`. */
export class GroupRows {
  readonly #insert;
  readonly #insertEntries;
  readonly #insertBlock;
  readonly #firstChunks;
  readonly #read;
  readonly #ofImport;
  readonly #entries;
  readonly #deletes;
  readonly #deleteBlocks;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO chunk_group (signal, chunks, record_count, first_ordinal, last_ordinal, longest_ns, filter_blocks, import) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertEntries = db.prepare('INSERT INTO group_entries (id, entries) VALUES (?, ?)');
    this.#insertBlock = db.prepare('INSERT INTO filter_block (id, bits) VALUES (?, ?)');
    this.#firstChunks = db.prepare<[number], { id: number; first: Buffer }>(
      'SELECT id, substr(chunks, 1, 4) AS first FROM chunk_group WHERE signal = ?',
    );
    this.#read = db.prepare<[number], { chunks: Buffer; last_ordinal: number }>(
      'SELECT chunks, last_ordinal FROM chunk_group WHERE id = ?',
    );
    this.#ofImport = db.prepare<[number, number], number>('SELECT id FROM chunk_group WHERE signal = ? AND import = ? LIMIT 1').pluck();
    this.#entries = db.prepare<[number], Buffer>('SELECT entries FROM group_entries WHERE id = ?').pluck();
    this.#deleteBlocks = db.prepare<[number, number]>('DELETE FROM filter_block WHERE id >= ? AND id < ?');
    this.#deletes = [
      db.prepare<[number]>('DELETE FROM chunk_group WHERE id = ?'),
      db.prepare<[number]>('DELETE FROM group_entries WHERE id = ?'),
    ];
  }

  /** Returns its id. */
  insert({ signal, chunks, firstOrdinal, lastOrdinal, longestNs, importId }: NewGroup): number {
    const blocks = buildFilter(chunks.map(({ index }) => index.terms));
    const ids = writeUint32s(chunks.map((chunk) => chunk.id));
    const recordCount = chunks.reduce((sum, chunk) => sum + chunk.recordCount, 0);
    const inserted = this.#insert.run(signalCode[signal], ids, recordCount, firstOrdinal, lastOrdinal, longestNs, blocks.length, importId);
    const id = Number(inserted.lastInsertRowid);
    this.#insertEntries.run(id, joinEntries(chunks.map(({ index }) => index.entry)));
    for (const [block, bits] of blocks.entries()) this.#insertBlock.run(id * maxBlocks + block, bits);
    return id;
  }

  /** The one with the oldest chunk: a file may be sealed before what arrived earlier, where that fills no group yet. */
  oldest(signal: keyof typeof signalCode): StoredGroup | undefined {
    let oldest: { id: number; first: number } | undefined;
    for (const row of this.#firstChunks.iterate(signalCode[signal])) {
      const [first = 0] = readUint32s(row.first);
      if (oldest === undefined || first < oldest.first) oldest = { id: row.id, first };
    }
    return oldest && this.#stored(oldest.id);
  }

  anyOf(importId: number, signal: keyof typeof signalCode): StoredGroup | undefined {
    const id = this.#ofImport.get(signalCode[signal], importId);
    return id === undefined ? undefined : this.#stored(id);
  }

  entries(id: number): Uint8Array[] {
    return splitEntries(this.#entries.get(id) ?? Buffer.alloc(0));
  }

  delete(id: number): void {
    for (const statement of this.#deletes) statement.run(id);
    this.#deleteBlocks.run(id * maxBlocks, (id + 1) * maxBlocks);
  }

  #stored(id: number): StoredGroup | undefined {
    const row = this.#read.get(id);
    return row && { id, chunks: readUint32s(row.chunks), lastOrdinal: row.last_ordinal };
  }
}
