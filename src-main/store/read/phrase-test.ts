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
  #folded = new Uint8Array(1024);

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

  /** Whether it is in the text from `start` to `end`, with that of `more` behind it as other words. `undefined` where there is more than ASCII. */
  isInBytes(bytes: Uint8Array, start: number, end: number, more = bytes, moreStart = 0, moreEnd = 0): boolean | undefined {
    const most = end - start + moreEnd - moreStart + 3;
    if (this.#folded.length < most) this.#folded = new Uint8Array(most * 2);
    let length = fold(bytes, start, end, this.#folded, 1);
    if (length >= 0 && moreEnd > moreStart) length = fold(more, moreStart, moreEnd, this.#folded, separated(this.#folded, length));
    if (length < 0) return undefined;
    return this.#pattern !== undefined && occurs(this.#pattern, this.#folded, separated(this.#folded, length));
  }
}

/** Ends a word, if one is open. */
function separated(folded: Uint8Array, length: number): number {
  if (folded[length - 1] !== 0) folded[length++] = 0;
  return length;
}

/** Letters as they are in words, one 0 for whatever separates those; the length after it, -1 where there is more than ASCII. */
function fold(bytes: Uint8Array, start: number, end: number, folded: Uint8Array, from: number): number {
  let length = from;
  for (let at = start; at < end; at += 1) {
    const letter = asciiLetters[bytes[at] as number] as number;
    if (letter === 0x80) return -1;
    if (letter !== 0 || folded[length - 1] !== 0) folded[length++] = letter;
  }
  return length;
}

function occurs(pattern: Uint8Array, folded: Uint8Array, length: number): boolean {
  const second = pattern[1];
  const last = length - pattern.length;
  for (let from = 0; from <= last; from += 1) {
    if (folded[from] !== 0 || folded[from + 1] !== second) continue;
    let at = 2;
    while (at < pattern.length && folded[from + at] === pattern[at]) at += 1;
    if (at === pattern.length) return true;
  }
  return false;
}
