import { hashOfKey } from './term-hash.ts';

export const keySlots = 256;

/**
 * The attribute keys of a chunk that were met last, so that nothing has to be worked out twice for the few dozen that most attributes share. A key has a slot until another one
 * takes it.
 */
export class KnownKeys {
  /** `hashOfKey` of the key in each slot. */
  readonly hashes = new Int32Array(keySlots);
  readonly #bytes: Uint8Array;
  readonly #start = new Uint32Array(keySlots);
  readonly #end = new Uint32Array(keySlots);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The slot of the key in these bytes; less than 0, namely `~slot`, where it has just got it. */
  slotOf(start: number, end: number): number {
    const bytes = this.#bytes;
    const slot = ((end - start) * 31 + (bytes[end - 1] as number) * 7 + (bytes[(start + end) >>> 1] as number)) & (keySlots - 1);
    if (this.#isAt(slot, start, end)) return slot;
    this.#start[slot] = start;
    this.#end[slot] = end;
    this.hashes[slot] = hashOfKey(bytes, start, end);
    return ~slot;
  }

  #isAt(slot: number, start: number, end: number): boolean {
    const known = this.#start[slot] as number;
    if ((this.#end[slot] as number) - known !== end - start || start === end) return false;
    for (let at = start, other = known; at < end; at += 1, other += 1) if (this.#bytes[at] !== this.#bytes[other]) return false;
    return true;
  }
}
