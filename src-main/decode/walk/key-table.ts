import { DistinctRanges } from './distinct-ranges.ts';

const guesses = 256;

/** Distinct attribute keys of one payload. There are few, so that the length and two letters nearly always tell which one it is. */
export class KeyTable {
  readonly ranges = new DistinctRanges();
  readonly #guesses = new Uint32Array(guesses);
  #bytes: Uint8Array = new Uint8Array();

  reset(bytes: Uint8Array, view: DataView): void {
    this.ranges.reset(view);
    this.#bytes = bytes;
  }

  rowOf(start: number, end: number): number {
    const { ranges } = this;
    if (end === start) return ranges.rowOf(start, end);
    const slot = ((end - start) * 29 + (this.#bytes[start] as number) * 5 + (this.#bytes[end - 1] as number)) % guesses;
    const guess = this.#guesses[slot] as number;
    if (guess < ranges.count && ranges.isRow(guess, start, end)) return guess;
    const row = ranges.rowOf(start, end);
    this.#guesses[slot] = row;
    return row;
  }
}
