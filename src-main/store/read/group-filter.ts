import type { Database } from 'better-sqlite3';
import { blockOf, maskOf } from '../index/term-filter.ts';

/** Asks the filters of sealed groups which of their chunks may hold a term: one row a question. */
export class GroupFilters {
  readonly #block;

  constructor(db: Database) {
    this.#block = db.prepare<[number], Buffer>('SELECT bits FROM filter_block WHERE id = ?').pluck();
  }

  /** One bit a chunk of the group. */
  maskOf(group: { id: number; filterBlocks: number }, term: number): bigint {
    const block = blockOf(term, group.filterBlocks);
    const bits = this.#block.get(group.id * 65_536 + block);
    return bits === undefined ? -1n : maskOf(bits, group.filterBlocks, term);
  }
}
