import { cutTerm, hashLetter, prefixTerm, wholeWordTerm, wordSeed } from './term-hash.ts';
import type { TermSet } from './term-set.ts';
import { asciiLetters, eachLetter, endOfWord } from './words.ts';

/**
 * Terms of words: of each word itself, and of its first 2, 3 and 5 letters, so that words are also found by their beginning. Of three letters only where none is a digit: in ids
 * nearly all that there can be occur, and would take more room than everything else.
 */

/** Bytes of a field of which the words are indexed. A chunk with a longer one has `cutTerm`. */
export const indexedBytes = 8192;

/** Of a word as `wordsOf` cuts it. */
export function termOfWord(word: string): number {
  return wholeWordTerm(hashOf(word, word.length));
}

/** A term that each word beginning with `prefix` has; `undefined` where it is too short for one. */
export function termOfPrefix(prefix: string): number | undefined {
  if (prefix.length < 2) return undefined;
  const letters = prefix.length >= 5 ? 5 : prefix.length >= 3 && !/[0-9]/.test(prefix.slice(0, 3)) ? 3 : 2;
  return prefixTerm(hashOf(prefix, letters), letters);
}

function hashOf(word: string, length: number): number {
  let hash = wordSeed;
  for (let at = 0; at < length; at += 1) hash = hashLetter(hash, word.charCodeAt(at));
  return hash;
}

/** Adds the terms of the words of UTF-8, as far as they are indexed. */
export function addWords(set: TermSet, bytes: Uint8Array, start: number, end: number): void {
  const limit = Math.min(end, start + indexedBytes);
  if (limit < end) set.add(cutTerm);
  let at = start;
  while (at < limit) {
    let letter = asciiLetters[bytes[at] as number] as number;
    if (letter === 0) {
      at += 1;
      continue;
    }
    const wordStart = at;
    let hash = wordSeed;
    do {
      if (letter >= 0x80) return addTextWords(set, Buffer.from(bytes.buffer, bytes.byteOffset + start, limit - start).toString());
      hash = hashLetter(hash, letter);
      at += 1;
      letter = at < limit ? (asciiLetters[bytes[at] as number] as number) : 0;
    } while (letter !== 0);
    // Where the word is known, its prefixes are.
    const known = Math.min(at, wordStart + 5);
    if (set.addWord(wholeWordTerm(hash), beginningOf(bytes, wordStart, known))) addPrefixes(set, bytes, wordStart, known);
  }
}

/** Up to five letters of ASCII as one number, of six bits each; 0 for none. */
function beginningOf(bytes: Uint8Array, start: number, end: number): number {
  let beginning = 0;
  for (let at = start; at < end; at += 1) {
    const letter = asciiLetters[bytes[at] as number] as number;
    beginning = (beginning << 6) | (letter - (letter <= nine ? beforeZero : beforeA));
  }
  return beginning;
}

const nine = 0x39;
/** So that digits are 1 to 10 and letters 11 to 36. */
const beforeZero = 0x2f;
const beforeA = 0x56;

function addPrefixes(set: TermSet, bytes: Uint8Array, start: number, end: number): void {
  let hash = wordSeed;
  let digits = false;
  for (let at = start; at < end; at += 1) {
    const letter = asciiLetters[bytes[at] as number] as number;
    hash = hashLetter(hash, letter);
    digits ||= letter <= nine;
    addPrefix(set, hash, at - start + 1, digits);
  }
}

function addPrefix(set: TermSet, hash: number, letters: number, digits: boolean): void {
  if (letters === 2 || letters === 5 || (letters === 3 && !digits)) set.add(prefixTerm(hash, letters));
}

/** The same for text that is not ASCII. */
function addTextWords(set: TermSet, text: string): void {
  let hash = wordSeed;
  let letters = 0;
  let digits = false;
  const add = (unit: number): void => {
    hash = hashLetter(hash, unit);
    letters += 1;
    digits ||= unit <= nine;
    addPrefix(set, hash, letters, digits);
  };
  eachLetter(text, (letter) => {
    if (letter === endOfWord) {
      set.add(wholeWordTerm(hash));
      hash = wordSeed;
      letters = 0;
      digits = false;
    } else if (letter <= 0xffff) add(letter);
    else {
      const pair = String.fromCodePoint(letter);
      add(pair.charCodeAt(0));
      add(pair.charCodeAt(1));
    }
  });
}
