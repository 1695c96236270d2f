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
  /** How far to go on behind a byte that stands where the pattern's last one should; 0 behind the last one itself. */
  readonly #steps: Uint8Array;
  /** How far to go on behind the last one, where the ones before it are others. */
  readonly #stepBehindLast: number;

  constructor(pattern: Uint8Array) {
    const last = pattern.length - 1;
    const distance = (letter: number): number => last - pattern.subarray(0, last).lastIndexOf(letter);
    this.#pattern = pattern;
    this.#steps = Uint8Array.from(asciiLetters, (letter) => (letter === pattern[last] ? 0 : distance(letter)));
    this.#stepBehindLast = distance(pattern[last] as number);
  }

  next(bytes: Buffer, from: number): number {
    const steps = this.#steps;
    const last = this.#pattern.length - 1;
    const end = bytes.length;
    for (let at = from + last; at < end; at += this.#stepBehindLast) {
      let step = steps[bytes[at] as number] as number;
      while (step !== 0) {
        at += step;
        if (at >= end) return -1;
        step = steps[bytes[at] as number] as number;
      }
      if (this.#endsAt(bytes, at)) return at - last;
    }
    return -1;
  }

  #endsAt(bytes: Buffer, at: number): boolean {
    const pattern = this.#pattern;
    const last = pattern.length - 1;
    for (let back = 1; back <= last; back += 1) if (asciiLetters[bytes[at - back] as number] !== pattern[last - back]) return false;
    return true;
  }
}
