import { randomInt } from 'node:crypto';

/** Drawn anew in every process, so that nobody can send ids that all meet in one place. */
const seed = randomInt(2 ** 31);

/** Finds rows by their 8-byte ids, which are pairs of halves of 32 bits. Of rows with equal ids the one that was added last is found. Open addressing in typed arrays: no object a row. */
export class SpanIdIndex {
  readonly #ids: Uint32Array;
  readonly #slots: Int32Array;
  readonly #mask: number;

  /** For rows of `ids` below `count`. */
  constructor(ids: Uint32Array, count: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(8, count * 2)));
    this.#ids = ids;
    this.#slots = new Int32Array(slots).fill(-1);
    this.#mask = slots - 1;
    for (let row = 0; row < count; row += 1) this.#slots[this.#slotOf(ids[2 * row] as number, ids[2 * row + 1] as number)] = row;
  }

  /** -1 where there is none. */
  rowOf(low: number, high: number): number {
    return this.#slots[this.#slotOf(low, high)] as number;
  }

  /** Whether no later row has the id of this one. */
  isLast(row: number): boolean {
    return this.rowOf(this.#ids[2 * row] as number, this.#ids[2 * row + 1] as number) === row;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #slotOf(low: number, high: number): number {
    let hash = Math.imul(low ^ seed, 0x9e3779b1) ^ Math.imul(high + seed, 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & this.#mask;
    for (;;) {
      const row = this.#slots[slot] as number;
      if (row < 0 || (this.#ids[2 * row] === low && this.#ids[2 * row + 1] === high)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
