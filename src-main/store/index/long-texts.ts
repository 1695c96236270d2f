import { TermSet } from './term-set.ts';
import { addWords } from './word-terms.ts';

const slots = 512;
const shortest = 256;
const longest = 4096;

/**
 * Terms of the words of long values that come again chunk after chunk: stack traces, statements. What is seen for the second time is remembered until another value takes its slot;
 * a few MiB at most.
 */
export class LongTexts {
  readonly #seen = new Uint32Array(slots);
  readonly #known: ({ text: Uint8Array; terms: Uint32Array } | undefined)[] = Array.from({ length: slots });
  readonly #words = new TermSet();

  /** Adds the terms of the words of a value, of which `pair` is the hash. */
  addWords(set: TermSet, bytes: Buffer, start: number, end: number, pair: number): void {
    const length = end - start;
    if (length < shortest || length > longest) return addWords(set, bytes, start, end);
    const slot = (pair >>> 2) % slots;
    const known = this.#known[slot];
    if (known?.text.length === length && bytes.compare(known.text, 0, length, start, end) === 0) return addAll(set, known.terms);
    if (this.#seen[slot] !== pair) {
      this.#seen[slot] = pair;
      return addWords(set, bytes, start, end);
    }
    addWords(this.#words, bytes, start, end);
    const terms = this.#words.take();
    this.#known[slot] = { text: Uint8Array.from(bytes.subarray(start, end)), terms };
    addAll(set, terms);
  }
}

function addAll(set: TermSet, terms: Uint32Array): void {
  for (let index = 0; index < terms.length; index += 1) set.add(terms[index] as number);
}
