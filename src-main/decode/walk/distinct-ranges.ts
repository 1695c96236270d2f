import { randomInt } from 'node:crypto';
import { doubled } from './growing.ts';
import type { ByteRanges } from './walked.ts';

/** Drawn anew in every process, so that nobody can prepare ranges that meet in one slot. */
const seed = randomInt(2 ** 31);

/** Longer runs of taken slots mean that somebody tries to make looking up slow; what is looked up then becomes a row of its own. */
const maxProbes = 128;

/** What is kept between two uses; larger arrays were for one large payload. */
const maxKept = 1 << 16;
const firstCapacity = 1 << 11;

/** What a slot holds: the row (plus a base), its hash, and where its range starts and how long it is. In one cache line, since looking up waits for memory most. */
const slotSize = 4;

/**
 * Byte ranges of one message by what they hold: equal content, equal row. Hash and comparison read four bytes at a time. Made to be used again for the next message, so
 * that a small one costs no allocation.
 */
export class DistinctRanges {
  count = 0;
  start = new Uint32Array(firstCapacity);
  end = new Uint32Array(firstCapacity);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Twice as many slots as rows. A row below `#base` is a left-over of an earlier message. */
  #slots = new Int32Array(firstCapacity * 2 * slotSize);
  #base = 1;

  /** Begins anew, for ranges of the bytes in `view`. */
  reset(view: DataView): void {
    this.#view = view;
    this.#base += this.count;
    this.count = 0;
    if (this.start.length <= maxKept && this.#base < 0x4000_0000) return;
    this.start = new Uint32Array(firstCapacity);
    this.end = new Uint32Array(firstCapacity);
    this.#slots = new Int32Array(firstCapacity * 2 * slotSize);
    this.#base = 1;
  }

  /** Row of the range from `start` to `end`; the newest row, if there was none. */
  rowOf(start: number, end: number): number {
    const length = end - start;
    const hash = hashOf(this.#view, start, end);
    const slots = this.#slots;
    const mask = slots.length - slotSize;
    let slot = (hash * slotSize) & mask;
    for (let probes = 0; probes < maxProbes; probes += 1) {
      const row = (slots[slot] as number) - this.#base;
      if (row < 0) {
        slots[slot] = this.#base + this.count;
        slots[slot + 1] = hash;
        slots[slot + 2] = start;
        slots[slot + 3] = length;
        break;
      }
      const isLike = slots[slot + 1] === hash && slots[slot + 3] === length;
      if (isLike && equalBytes(this.#view, slots[slot + 2] as number, start, length)) return row;
      slot = (slot + slotSize) & mask;
    }
    return this.#add(start, end);
  }

  /** Whether the range from `start` to `end` holds what `row` holds. */
  isRow(row: number, start: number, end: number): boolean {
    const other = this.start[row] as number;
    const length = end - start;
    return (this.end[row] as number) - other === length && equalBytes(this.#view, other, start, length);
  }

  /** Copies of what was found, for keeping. */
  ranges(): ByteRanges {
    return { count: this.count, start: this.start.slice(0, this.count), end: this.end.slice(0, this.count) };
  }

  #add(start: number, end: number): number {
    const row = this.count;
    this.start[row] = start;
    this.end[row] = end;
    this.count += 1;
    if (this.count === this.start.length) this.#grow();
    return row;
  }

  #grow(): void {
    this.start = doubled(this.start);
    this.end = doubled(this.end);
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length - slotSize;
    for (let from = 0; from < old.length; from += slotSize) {
      if ((old[from] as number) < this.#base) continue;
      let slot = ((old[from + 1] as number) * slotSize) & mask;
      while (slots[slot] !== 0) slot = (slot + slotSize) & mask;
      slots.set(old.subarray(from, from + slotSize), slot);
    }
    this.#slots = slots;
  }
}

/** Two lanes of four bytes, which the processor works on at the same time. The last words overlap those before. */
function hashOf(view: DataView, start: number, end: number): number {
  const length = end - start;
  if (length < 8) return hashOfFew(view, start, end);
  let even = seed ^ length;
  let odd = ~seed;
  const last = end - 8;
  for (let pos = start; pos < last; pos += 8) {
    even = Math.imul(even ^ view.getInt32(pos, true), 0x9e3779b1);
    odd = Math.imul(odd ^ view.getInt32(pos + 4, true), 0x85ebca77);
    even = (even << 13) | (even >>> 19);
    odd = (odd << 17) | (odd >>> 15);
  }
  even = Math.imul(even ^ view.getInt32(last, true), 0x9e3779b1);
  odd = Math.imul(odd ^ view.getInt32(last + 4, true), 0x85ebca77);
  return mixed(even ^ ((odd << 16) | (odd >>> 16)));
}

function hashOfFew(view: DataView, start: number, end: number): number {
  let hash = seed ^ (end - start);
  for (let pos = start; pos < end; pos += 1) hash = Math.imul(hash ^ view.getUint8(pos), 0x9e3779b1);
  return mixed(hash);
}

/** Makes every bit count in the low ones, of which the slot is made. Signed: an unsigned number may not fit where V8 keeps small integers. */
function mixed(hash: number): number {
  const folded = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return folded ^ (folded >>> 13);
}

function equalBytes(view: DataView, one: number, other: number, length: number): boolean {
  if (length < 4) return areFewEqual(view, one, other, length);
  // The end first: it is where attributes of the same key differ.
  const last = length - 4;
  if (view.getInt32(one + last, true) !== view.getInt32(other + last, true)) return false;
  for (let at = 0; at < last; at += 4) if (view.getInt32(one + at, true) !== view.getInt32(other + at, true)) return false;
  return true;
}

function areFewEqual(view: DataView, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (view.getUint8(one + at) !== view.getUint8(other + at)) return false;
  return true;
}
