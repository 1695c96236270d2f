import { ValueCheck, verdict } from './check-value.ts';
import { DistinctRanges } from './distinct-ranges.ts';
import { withRoom } from './growing.ts';
import { KeyTable } from './key-table.ts';
import { noRow } from './walked.ts';

const firstCapacity = 1 << 12;

/** List numbers begin anew before they outgrow small integers. */
const lastList = 0x3000_0000;

/**
 * Distinct attributes (`KeyValue` messages) of one payload. Each is checked once, when it is first seen; keys get rows of their own, so that two attributes of one list can be
 * told to share a key by a number.
 */
export class AttributeTable {
  readonly ranges = new DistinctRanges();
  readonly keys = new KeyTable();
  /** Row in `keys` by row in `ranges`. */
  keyOf = new Uint32Array(firstCapacity);
  /** An attribute came that the object decoder would repair or warn about, or a list with two of the same key. */
  irregular = false;
  #check = new ValueCheck(new Uint8Array());
  #list = 0;
  /** Number of the list in which a key was last seen. */
  #listOfKey = new Uint32Array(firstCapacity);

  reset(bytes: Uint8Array, view: DataView): void {
    this.ranges.reset(view);
    this.keys.reset(bytes, view);
    this.#check = new ValueCheck(bytes);
    this.irregular = false;
    if (this.#list < lastList) return;
    this.#listOfKey.fill(0);
    this.#list = 0;
  }

  /** A value came that holds others. */
  get hasNested(): boolean {
    return this.#check.hasNested;
  }

  /** What is added from now on belongs to another record or event. */
  beginList(): void {
    this.#list += 1;
  }

  /** Row of the attribute from `start` to `end`; `noRow` where it is damaged. */
  add(start: number, end: number): number {
    const known = this.ranges.count;
    const row = this.ranges.rowOf(start, end);
    if (row === known && !this.#checkNew(row, start, end)) return noRow;
    const key = this.keyOf[row] as number;
    if (this.#listOfKey[key] === this.#list) this.irregular = true;
    this.#listOfKey[key] = this.#list;
    return row;
  }

  #checkNew(row: number, start: number, end: number): boolean {
    const found = this.#check.keyValue(start, end);
    if (found === verdict.damaged) return false;
    if (found === verdict.irregular) this.irregular = true;
    if (row >= this.keyOf.length) this.keyOf = withRoom(this.keyOf, row);
    const key = this.keys.rowOf(this.#check.keyStart, this.#check.keyEnd);
    if (key >= this.#listOfKey.length) this.#listOfKey = withRoom(this.#listOfKey, key);
    this.keyOf[row] = key;
    return true;
  }
}
