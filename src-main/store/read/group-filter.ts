import type { Database } from 'better-sqlite3';
import { cutTerm, foldedLettersTerm, oddValuesTerm } from '../index/term-hash.ts';
import { blockOf, maskOf } from '../index/term-filter.ts';

/** Asks the filters of sealed groups which of their chunks may hold a term: one row a question. */
export class GroupFilters {
  readonly #block;
  readonly #folded = new WeakMap<object, bigint>();
  readonly #odd = new WeakMap<object, bigint>();

  constructor(db: Database) {
    this.#block = db.prepare<[number], Buffer>('SELECT bits FROM filter_block WHERE id = ?').pluck();
  }

  /** One bit a chunk of the group. */
  maskOf(group: { id: number; filterBlocks: number }, term: number): bigint {
    const block = blockOf(term, group.filterBlocks);
    const bits = this.#block.get(group.id * 65_536 + block);
    return bits === undefined ? -1n : maskOf(bits, group.filterBlocks, term);
  }

  /** Chunks of which the bytes do not tell all words: they have letters that stand for plain ones, or texts of which not all is known. Each group is asked once. */
  foldedIn(group: { id: number; filterBlocks: number }): bigint {
    let mask = this.#folded.get(group);
    if (mask === undefined) {
      mask = this.maskOf(group, foldedLettersTerm) | this.maskOf(group, cutTerm);
      this.#folded.set(group, mask);
    }
    return mask;
  }

  /** Chunks with values that are shown otherwise than they are sent, besides ints and bools. Each group is asked once. */
  oddIn(group: { id: number; filterBlocks: number }): bigint {
    let mask = this.#odd.get(group);
    if (mask === undefined) {
      mask = this.maskOf(group, oddValuesTerm);
      this.#odd.set(group, mask);
    }
    return mask;
  }
}
