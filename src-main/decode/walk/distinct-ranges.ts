import { randomInt } from 'node:crypto';
import type { ByteRanges } from './walked.ts';
import { doubled } from './growing.ts';

/** Drawn anew in every process, so that nobody can prepare ranges that meet in one slot. */
const seed = randomInt(2 ** 31);

/** Longer runs of taken slots mean that somebody tries to make looking up slow; what is looked up then becomes a row of its own. */
const maxProbes = 128;

/** What is kept between two uses; larger arrays were for one large payload. */
const maxKept = 1 << 16;
const firstCapacity = 1 << 12;

/**
 * Byte ranges of one message by what they hold: equal content, equal row. Hash and comparison read four bytes at a time. Made to be used again for the next message, so
 * that a small one costs no allocation.
 */
export class DistinctRanges {
  count = 0;
  start = new Uint32Array(firstCapacity);
  end = new Uint32Array(firstCapacity);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #hashes = new Uint32Array(firstCapacity);
  /** `#base` + row; below `#base` it is a left-over of an earlier message. */
  #slots = new Uint32Array(firstCapacity * 2);
  #base = 1;

  /** Begins anew, for ranges of the bytes in `view`. */
  reset(view: DataView): void {
    this.#view = view;
    this.#base += this.count;
    this.count = 0;
    if (this.start.length > maxKept) {
      this.start = new Uint32Array(firstCapacity);
      this.end = new Uint32Array(firstCapacity);
      this.#hashes = new Uint32Array(firstCapacity);
      this.#slots = new Uint32Array(firstCapacity * 2);
    }
    if (this.#base > 0x7000_0000) {
      this.#slots.fill(0);
      this.#base = 1;
    }
  }

  /** Row of the range from `start` to `end`; the newest row, if there was none. */
  rowOf(start: number, end: number): number {
    const hash = this.#hash(start, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let probes = 0; probes < maxProbes; probes += 1) {
      const row = (slots[slot] as number) - this.#base;
      if (row < 0) {
        slots[slot] = this.#base + this.count;
        break;
      }
      if (this.#hashes[row] === hash && this.isRow(row, start, end)) return row;
      slot = (slot + 1) & mask;
    }
    return this.#add(start, end, hash);
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

  #add(start: number, end: number, hash: number): number {
    const row = this.count;
    this.start[row] = start;
    this.end[row] = end;
    this.#hashes[row] = hash;
    this.count += 1;
    if (this.count === this.start.length) this.#grow();
    return row;
  }

  #grow(): void {
    this.start = doubled(this.start);
    this.end = doubled(this.end);
    this.#hashes = doubled(this.#hashes);
    this.#slots = new Uint32Array(this.#slots.length * 2);
    this.#base = 1;
    const mask = this.#slots.length - 1;
    for (let row = 0; row < this.count; row += 1) {
      let slot = (this.#hashes[row] as number) & mask;
      for (let probes = 0; probes < maxProbes && this.#slots[slot] !== 0; probes += 1) slot = (slot + 1) & mask;
      if (this.#slots[slot] === 0) this.#slots[slot] = this.#base + row;
    }
  }

  /** Two lanes of four bytes, which the processor works on at the same time. The last words overlap those before. */
  #hash(start: number, end: number): number {
    const view = this.#view;
    const length = end - start;
    let even = seed ^ length;
    let odd = ~seed;
    if (length < 8) {
      for (let pos = start; pos < end; pos += 1) even = Math.imul(even ^ view.getUint8(pos), 0x9e3779b1);
      return avalanche(even);
    }
    const last = end - 8;
    for (let pos = start; pos < last; pos += 8) {
      even = Math.imul(even ^ view.getInt32(pos, true), 0x9e3779b1);
      odd = Math.imul(odd ^ view.getInt32(pos + 4, true), 0x85ebca77);
      even = (even << 13) | (even >>> 19);
      odd = (odd << 17) | (odd >>> 15);
    }
    even = Math.imul(even ^ view.getInt32(last, true), 0x9e3779b1);
    odd = Math.imul(odd ^ view.getInt32(last + 4, true), 0x85ebca77);
    return avalanche(even ^ ((odd << 16) | (odd >>> 16)));
  }
}

function avalanche(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function equalBytes(view: DataView, one: number, other: number, length: number): boolean {
  if (length < 4) {
    for (let at = 0; at < length; at += 1) if (view.getUint8(one + at) !== view.getUint8(other + at)) return false;
    return true;
  }
  // The end first: it is where attributes of the same key differ.
  const last = length - 4;
  if (view.getInt32(one + last, true) !== view.getInt32(other + last, true)) return false;
  for (let at = 0; at < last; at += 4) if (view.getInt32(one + at, true) !== view.getInt32(other + at, true)) return false;
  return true;
}
