import { cutTerm, foldedLettersTerm, hashLetter, prefixTerm, wholeWordTerm, wordSeed } from './term-hash.ts';
import type { TermSet } from './term-set.ts';
import { asciiLetters, eachLetter, endOfWord } from './words.ts';

/**
 * Terms of words: of each word itself, and of its first letters where it goes on behind them, so that words are also found by their beginning: of 2, 3 and 5 letters, but of 4
 * alone where a digit is among those. In ids nearly all beginnings of two and three letters occur, so that they would take much room and rule out nothing.
 */

/** Bytes of a field of which the words are indexed. A chunk with a longer one has `cutTerm`. */
const indexedBytes = 8192;

/** Of a word as `wordsOf` cuts it. */
export function termOfWord(word: string): number {
  return wholeWordTerm(hashOf(word, word.length));
}

/** Each word that begins with `prefix` has one of these terms; `undefined` where it is too short for that, or the short beginning of an id. */
export function termsOfPrefix(prefix: string): readonly number[] | undefined {
  const letters = [5, 4, 3, 2].find((length) => length <= prefix.length && isIndexed(prefix, length));
  if (letters === undefined) return undefined;
  const longer = prefixTerm(hashOf(prefix, letters), letters);
  return letters === prefix.length ? [longer, termOfWord(prefix)] : [longer];
}

function isIndexed(word: string, letters: number): boolean {
  return /[0-9]/.test(word.slice(0, Math.min(letters, 4))) === (letters === 4);
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
    const five = Math.min(limit, at + 5);
    let hash = wordSeed;
    let beginning = 0;
    do {
      if (letter >= 0x80) return addTextWords(set, bytes, start, limit);
      hash = hashLetter(hash, letter);
      beginning = (beginning << 6) | sixBitsOf(letter);
      at += 1;
      letter = at < limit ? (asciiLetters[bytes[at] as number] as number) : 0;
    } while (letter !== 0 && at < five);
    while (letter !== 0) {
      if (letter >= 0x80) return addTextWords(set, bytes, start, limit);
      hash = hashLetter(hash, letter);
      at += 1;
      letter = at < limit ? (asciiLetters[bytes[at] as number] as number) : 0;
    }
    // A word that is known has its prefixes, too.
    if (set.addWord(wholeWordTerm(hash), beginning) && at > wordStart + 2) {
      const count = Math.min(at - wordStart, firstLetters.length);
      for (let index = 0; index < count; index += 1) firstLetters[index] = asciiLetters[bytes[wordStart + index] as number] as number;
      addPrefixes(set, firstLetters, count);
    }
  }
}

/** Different for each letter and digit, and never 0. */
function sixBitsOf(letter: number): number {
  return (letter - ((letter >>> 6) << 5)) & 63;
}

const nine = 0x39;

/** Of the word at hand: one more than the longest prefix. */
const firstLetters = new Uint16Array(6);

/** Adds the terms of the prefixes of a word that begins with `count` letters, up to six of them, and is no longer if it is fewer. */
function addPrefixes(set: TermSet, letters: Uint16Array, count: number): void {
  let hash = wordSeed;
  let digits = false;
  for (let at = 0; at < count; at += 1) {
    if (at >= 2 && digits === (at === 4)) set.add(prefixTerm(hash, at));
    const letter = letters[at] as number;
    hash = hashLetter(hash, letter);
    if (at < 4) digits ||= letter <= nine;
  }
}

/** The same for text that is not ASCII. */
function addTextWords(set: TermSet, bytes: Uint8Array, start: number, end: number): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
  let hash = wordSeed;
  let letters = 0;
  let plainLetters = 0;
  const add = (unit: number): void => {
    hash = hashLetter(hash, unit);
    if (letters < firstLetters.length) firstLetters[letters] = unit;
    letters += 1;
  };
  eachLetter(text, (letter) => {
    if (letter === endOfWord) {
      set.add(wholeWordTerm(hash));
      addPrefixes(set, firstLetters, Math.min(letters, firstLetters.length));
      hash = wordSeed;
      letters = 0;
    } else if (letter <= 0xffff) {
      if (letter < 0x80) plainLetters += 1;
      add(letter);
    } else {
      const pair = String.fromCodePoint(letter);
      add(pair.charCodeAt(0));
      add(pair.charCodeAt(1));
    }
  });
  if (combiningAccent.test(text) || plainLetters !== plainLettersIn(bytes, start, end)) set.add(foldedLettersTerm);
}

const combiningAccent = /[\u0300-\u036f]/;

function plainLettersIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (((asciiLetters[bytes[at] as number] as number) & 0x7f) !== 0) count += 1;
  return count;
}
