import { randomInt } from 'node:crypto';
import { doubled } from './growing.ts';
import { noRow } from './walked.ts';

const seed = randomInt(2 ** 31);
const firstCapacity = 1 << 10;
const maxKept = 1 << 16;
/** See `distinct-ranges.ts`. */
const maxProbes = 128;

/** Distinct trace ids of one payload, in order of first appearance. Used again for the next payload. */
export class TraceIds {
  count = 0;
  /** Four words an id, as they lie in memory. */
  #words = new Uint32Array(firstCapacity * 4);
  #slots = new Uint32Array(firstCapacity * 2);
  #base = 1;
  #last = 0;

  reset(): void {
    this.#base += this.count;
    this.count = 0;
    this.#last = 0;
    if (this.#slots.length <= maxKept && this.#base < 0x7000_0000) return;
    this.#words = new Uint32Array(firstCapacity * 4);
    this.#slots = new Uint32Array(firstCapacity * 2);
    this.#base = 1;
  }

  /** Row of the 16 bytes at `pos`; `noRow` for zeros, which are no id. */
  rowOf(view: DataView, pos: number): number {
    const a = view.getUint32(pos, true);
    const b = view.getUint32(pos + 4, true);
    const c = view.getUint32(pos + 8, true);
    const d = view.getUint32(pos + 12, true);
    if ((a | b | c | d) === 0) return noRow;
    // Spans of a trace tend to come one after the other.
    if (this.#last < this.count && this.#isRow(this.#last, a, b, c, d)) return this.#last;
    this.#last = this.#find(a, b, c, d);
    return this.#last;
  }

  /** A copy for keeping, 16 bytes an id. */
  ids(): Uint8Array {
    return new Uint8Array(this.#words.slice(0, this.count * 4).buffer);
  }

  #isRow(row: number, a: number, b: number, c: number, d: number): boolean {
    const words = this.#words;
    const at = row * 4;
    return words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d;
  }

  #find(a: number, b: number, c: number, d: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(a, b, c, d) & mask;
    for (let probes = 0; probes < maxProbes; probes += 1) {
      const row = (slots[slot] as number) - this.#base;
      if (row < 0) {
        slots[slot] = this.#base + this.count;
        break;
      }
      if (this.#isRow(row, a, b, c, d)) return row;
      slot = (slot + 1) & mask;
    }
    return this.#add(a, b, c, d);
  }

  #add(a: number, b: number, c: number, d: number): number {
    const row = this.count;
    this.#words.set([a, b, c, d], row * 4);
    this.count += 1;
    if (this.count * 4 === this.#words.length) this.#grow();
    return row;
  }

  #grow(): void {
    this.#words = doubled(this.#words);
    this.#slots = new Uint32Array(this.#slots.length * 2);
    this.#base = 1;
    const mask = this.#slots.length - 1;
    for (let row = 0; row < this.count; row += 1) {
      const at = row * 4;
      const [a, b, c, d] = this.#words.subarray(at, at + 4) as unknown as [number, number, number, number];
      let slot = hashOf(a, b, c, d) & mask;
      for (let probes = 0; probes < maxProbes && this.#slots[slot] !== 0; probes += 1) slot = (slot + 1) & mask;
      if (this.#slots[slot] === 0) this.#slots[slot] = this.#base + row;
    }
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a ^ seed, 0x9e3779b1);
  hash = Math.imul((hash ^ (hash >>> 15)) + b, 0x85ebca77);
  hash = Math.imul((hash ^ (hash >>> 13)) + c, 0xc2b2ae3d);
  hash = Math.imul((hash ^ (hash >>> 16)) + d, 0x27d4eb2f);
  return hash ^ (hash >>> 15);
}
