import { doubled } from './growing.ts';

const firstCapacity = 1 << 13;
const maxKept = 1 << 18;

/** A growing list of row numbers, used again for the next payload. */
export class RowList {
  length = 0;
  #rows = new Uint32Array(firstCapacity);

  reset(): void {
    this.length = 0;
    if (this.#rows.length > maxKept) this.#rows = new Uint32Array(firstCapacity);
  }

  push(row: number): void {
    if (this.length === this.#rows.length) this.#rows = doubled(this.#rows);
    this.#rows[this.length] = row;
    this.length += 1;
  }

  /** A copy for keeping. */
  rows(): Uint32Array {
    return this.#rows.slice(0, this.length);
  }
}
