import type { KeyValueView } from '../index/key-value.ts';
import { asciiLetters, wordsOf } from '../index/words.ts';

/**
 * Finds words that stand next to each other, in order, in one text; `prefix`: the last may go on. Text that is wholly ASCII, as nearly all is, is looked through as bytes, and
 * never becomes a string.
 */
export class PhraseTest {
  readonly #words: readonly string[];
  readonly #prefix: boolean;
  /** The words in ASCII, with 0 before, between and, where the last one is whole, behind; `undefined` where a word is not ASCII, so that no ASCII text has it. */
  readonly #pattern: Uint8Array | undefined;
  /** A 0, then what was added. */
  #folded = new Uint8Array(1024);
  #length = 1;

  constructor(text: string, prefix: boolean) {
    this.#words = wordsOf(text);
    this.#prefix = prefix;
    const pattern = Buffer.from(`\0${this.#words.join('\0')}${prefix ? '' : '\0'}`, 'utf8');
    this.#pattern = this.#words.length > 0 && pattern.every((byte) => byte < 0x80) ? pattern : undefined;
  }

  isIn(text: string): boolean {
    const words = this.#words;
    if (words.length === 0) return false;
    const found = wordsOf(text);
    const last = words.length - 1;
    for (let from = 0; from + last < found.length; from += 1) {
      let at = 0;
      while (at < last && found[from + at] === words[at]) at += 1;
      if (at < last) continue;
      const word = found[from + last] as string;
      if (this.#prefix ? word.startsWith(words[last] as string) : word === words[last]) return true;
    }
    return false;
  }

  /** Whether it is in the text from `start` to `end`. `undefined`, here and below, where there is more than ASCII. */
  isInBytes(bytes: Uint8Array, start: number, end: number): boolean | undefined {
    this.#begin(end - start);
    return this.#add(bytes, start, end) ? this.#occurs() : undefined;
  }

  /** Whether it is in the key and the text of an attribute. */
  isInAttribute(bytes: Uint8Array, { keyStart, keyEnd, valueStart, valueEnd }: KeyValueView): boolean | undefined {
    this.#begin(keyEnd - keyStart + valueEnd - valueStart);
    return this.#add(bytes, keyStart, keyEnd) && this.#add(bytes, valueStart, valueEnd) ? this.#occurs() : undefined;
  }

  /** The same of an attribute whose value is a number or a bool, which is ASCII as it is shown. */
  isInShown(bytes: Uint8Array, { keyStart, keyEnd }: KeyValueView, shown: string): boolean | undefined {
    this.#begin(keyEnd - keyStart + shown.length);
    const length = shownBytes.write(shown, 'latin1');
    return this.#add(bytes, keyStart, keyEnd) && this.#add(shownBytes, 0, length) ? this.#occurs() : undefined;
  }

  #begin(bytes: number): void {
    const most = bytes + 3;
    if (this.#folded.length < most) this.#folded = new Uint8Array(most * 2);
    this.#length = 1;
  }

  /** Letters as they are in words, one 0 for whatever separates those. False where there is more than ASCII. */
  #add(bytes: Uint8Array, start: number, end: number): boolean {
    const folded = this.#folded;
    let length = this.#length;
    if (folded[length - 1] !== 0) folded[length++] = 0;
    for (let at = start; at < end; at += 1) {
      const letter = asciiLetters[bytes[at] as number] as number;
      if (letter === 0x80) return false;
      if (letter !== 0 || folded[length - 1] !== 0) folded[length++] = letter;
    }
    this.#length = length;
    return true;
  }

  #occurs(): boolean {
    const folded = this.#folded;
    const pattern = this.#pattern;
    if (pattern === undefined) return false;
    if (folded[this.#length - 1] !== 0) folded[this.#length++] = 0;
    const second = pattern[1];
    const last = this.#length - pattern.length;
    for (let from = 0; from <= last; from += 1) {
      if (folded[from] !== 0 || folded[from + 1] !== second) continue;
      let at = 2;
      while (at < pattern.length && folded[from + at] === pattern[at]) at += 1;
      if (at === pattern.length) return true;
    }
    return false;
  }
}

const shownBytes = Buffer.alloc(32);
