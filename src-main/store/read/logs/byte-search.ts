import { asciiLetters } from '../../index/words.ts';

/** Longer words are looked for by their beginning. */
const longestPattern = 64;

/** Finds bytes in bytes. */
export interface ByteSearch {
  /** Where they next begin, from `from` on; -1 where they do not. */
  next(bytes: Buffer, from: number): number;
}

export function exactSearch(pattern: Uint8Array): ByteSearch {
  return { next: (bytes, from) => bytes.indexOf(pattern, from) };
}

/** `word`: lower-case letters and digits of ASCII. Letters are found in either case. */
export function wordSearch(word: string): ByteSearch {
  const pattern = Buffer.from(word.slice(0, longestPattern), 'latin1');
  return /[a-z]/.test(word) ? new FoldedSearch(pattern) : exactSearch(pattern);
}

/** Horspool's search: looks at every n-th byte only, for n letters. */
class FoldedSearch implements ByteSearch {
  readonly #pattern: Uint8Array;
  /** How far to go on behind a byte that stands where the pattern's last one should. */
  readonly #steps: Uint8Array;

  constructor(pattern: Uint8Array) {
    const last = pattern.length - 1;
    this.#pattern = pattern;
    this.#steps = new Uint8Array(256).fill(pattern.length);
    for (let byte = 0; byte < 128; byte += 1) {
      const at = pattern.subarray(0, last).lastIndexOf(asciiLetters[byte] as number);
      if (at >= 0) this.#steps[byte] = last - at;
    }
  }

  next(bytes: Buffer, from: number): number {
    const pattern = this.#pattern;
    const steps = this.#steps;
    const last = pattern.length - 1;
    const end = bytes.length;
    for (let at = from + last; at < end; at += steps[bytes[at] as number] as number) {
      let back = 0;
      while (asciiLetters[bytes[at - back] as number] === pattern[last - back]) {
        if (back === last) return at - last;
        back += 1;
      }
    }
    return -1;
  }
}
