import { everythingTerm } from './term-hash.ts';

/** Distinct terms of one chunk that are kept. A full chunk of ordinary telemetry has a few thousand. */
export const mostTerms = 65_536;

const smallestTable = 16_384;

/**
 * A set of terms, for one chunk after the other: open addressing in a table of at least twice as many slots. One with more than `mostTerms` is the set of everything, so that
 * memory and filters stay bounded whatever is sent.
 */
export class TermSet {
  /** 0, which is `everythingTerm` and never added, marks a free slot. */
  #table = new Uint32Array(smallestTable);
  #mask = smallestTable - 1;
  #list = new Uint32Array(smallestTable / 2);
  #count = 0;
  #everything = false;

  add(term: number): void {
    let slot = Math.imul(term, 0x9e3779b1) >>> 8;
    for (;;) {
      slot &= this.#mask;
      const there = this.#table[slot];
      if (there === term) return;
      if (there === 0) break;
      slot += 1;
    }
    if (this.#count === this.#list.length && !this.#grow(term)) return;
    this.#table[slot] = term;
    this.#list[this.#count] = term;
    this.#count += 1;
  }

  addEverything(): void {
    this.#everything = true;
  }

  /** Whether adding more is of no use. */
  get isEverything(): boolean {
    return this.#everything;
  }

  /** The terms, in no order; the set is empty afterwards. */
  take(): Uint32Array {
    const terms = this.#everything ? Uint32Array.of(everythingTerm) : this.#list.slice(0, this.#count);
    if (this.#table.length > smallestTable) this.#resize(smallestTable);
    else this.#table.fill(0);
    this.#count = 0;
    this.#everything = false;
    return terms;
  }

  /** Makes room and adds `term`. False, as the slot that was found for it is out of date. */
  #grow(term: number): false {
    if (this.#count === mostTerms) {
      this.#everything = true;
      return false;
    }
    const terms = this.#list.subarray(0, this.#count);
    this.#resize(this.#table.length * 2);
    for (const known of terms) this.add(known);
    this.add(term);
    return false;
  }

  #resize(slots: number): void {
    this.#table = new Uint32Array(slots);
    this.#mask = slots - 1;
    this.#list = new Uint32Array(slots / 2);
    this.#count = 0;
  }
}
