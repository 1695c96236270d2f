import { isUtf8 } from 'node:buffer';
import { DistinctRanges } from './distinct-ranges.ts';

/** Distinct texts of one payload, each checked once; row 0 is the empty one. */
export class TextTable {
  readonly ranges = new DistinctRanges();
  /** A text came that is not UTF-8. */
  irregular = false;
  #bytes: Uint8Array = new Uint8Array();

  reset(bytes: Uint8Array, view: DataView): void {
    this.#bytes = bytes;
    this.irregular = false;
    this.ranges.reset(view);
    this.ranges.rowOf(0, 0);
  }

  rowOf(start: number, end: number): number {
    const known = this.ranges.count;
    const row = this.ranges.rowOf(start, end);
    if (row === known && !isUtf8(this.#bytes.subarray(start, end))) this.irregular = true;
    return row;
  }
}
