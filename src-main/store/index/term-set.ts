import { everythingTerm } from './term-hash.ts';

/** Distinct terms of one chunk that are kept. A full chunk of ordinary telemetry has a few thousand. */
const mostTerms = 65_536;

const fewestSlots = 16_384;

/**
 * A set of terms, for one chunk after the other: open addressing in a table of at least twice as many slots as terms. One with more than `mostTerms` is the set of everything, so
 * that memory and filters stay bounded whatever is sent.
 */
export class TermSet {
  /** Two numbers a slot: the term, where 0, which is `everythingTerm` and never added, is a free slot; and the beginning of the word that it stands for. */
  #table = new Uint32Array(fewestSlots * 2);
  #mask = fewestSlots - 1;
  #list = new Uint32Array(fewestSlots / 2);
  #count = 0;
  #everything = false;

  add(term: number): void {
    this.addWord(term, 0);
  }

  /**
   * Adds the term of a word. `beginning` tells words apart that begin differently, and is not 0: false where the term was there, and came of a word with the same beginning.
   */
  addWord(term: number, beginning: number): boolean {
    const table = this.#table;
    const mask = this.#mask;
    let slot = (term >>> 2) & mask;
    for (;;) {
      const there = table[slot * 2];
      if (there === term) return table[slot * 2 + 1] !== beginning;
      if (there === 0) break;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#list.length) this.#grow(term, beginning);
    else {
      table[slot * 2] = term;
      table[slot * 2 + 1] = beginning;
      this.#list[this.#count] = term;
      this.#count += 1;
    }
    return true;
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
    if (this.#mask >= fewestSlots) this.#resize(fewestSlots);
    else this.#table.fill(0);
    this.#count = 0;
    this.#everything = false;
    return terms;
  }

  #grow(term: number, beginning: number): void {
    if (this.#count === mostTerms) {
      this.#everything = true;
      return;
    }
    const table = this.#table;
    this.#resize(table.length);
    for (let at = 0; at < table.length; at += 2) if (table[at] !== 0) this.addWord(table[at] as number, table[at + 1] as number);
    this.addWord(term, beginning);
  }

  #resize(slots: number): void {
    this.#table = new Uint32Array(slots * 2);
    this.#mask = slots - 1;
    this.#list = new Uint32Array(slots / 2);
    this.#count = 0;
  }
}
