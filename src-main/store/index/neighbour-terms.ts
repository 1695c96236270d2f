import { displayValue } from '#proto/model/display-value';
import type { AnyValue } from '#proto/model/any-value';
import type { Query } from '#proto/model/query';
import type { WalkedLogs } from '#main/decode/walk/walked';
import { anyValueAt, keyValueAt, KeyValueView, valueKind } from './key-value.ts';
import { keySlots, KnownKeys } from './known-keys.ts';
import { hashLetter, neighbourTerm, wordSeed } from './term-hash.ts';
import type { TermSet } from './term-set.ts';
import { asciiLetters, wordsOf } from './words.ts';

/**
 * Terms of two words that stand next to each other in a log record, so that a phrase of frequent words is not looked for wherever these occur. Only of words without a digit: others are
 * rare enough by themselves, and their neighbours would be as many as they are. There are some hundred in a chunk of ordinary logs.
 */

/** Bytes of a field whose neighbours are indexed: as many as those whose words are. */
const indexedBytes = 8192;

/** `undefined` of words that have none. */
export function termOfNeighbours(first: string, second: string): number | undefined {
  return hasDigit.test(first) || hasDigit.test(second) ? undefined : neighbourTerm(hashOf(first), hashOf(second));
}

const hasDigit = /[0-9]/;

/** Chunks that may hold the phrases of `query`, as far as neighbours tell; see `mayHold`. */
export function mayHoldNeighbours(query: Query, chunks: bigint, has: (term: number) => bigint): bigint {
  switch (query.kind) {
    case 'and':
      return query.of.reduce((mask, part) => (mask === 0n ? mask : mayHoldNeighbours(part, mask, has)), chunks);
    case 'or':
      return query.of.reduce((mask, part) => mask | mayHoldNeighbours(part, chunks, has), 0n);
    case 'text':
      return phraseTerms(query.text, query.prefix).reduce((mask, term) => (mask === 0n ? mask : mask & has(term)), chunks);
    default:
      return chunks;
  }
}

function phraseTerms(text: string, prefix: boolean): number[] {
  const words = wordsOf(text);
  const whole = prefix ? words.slice(0, -1) : words;
  return whole.slice(1).flatMap((word, index) => termOfNeighbours(whole[index] as string, word) ?? []);
}

/** Adds the terms of all neighbours in the fields of log records. */
export function addNeighbours(set: TermSet, walked: WalkedLogs): void {
  const { attributes, texts, bodyStart, bodyEnd } = walked;
  const neighbours = new NeighbourCollector(set, walked.bytes);
  for (let row = 0; row < attributes.count; row += 1) neighbours.attribute(attributes.start[row] as number, attributes.end[row] as number);
  for (let row = 0; row < texts.count; row += 1) neighbours.text(texts.start[row] as number, texts.end[row] as number);
  for (let row = 0; row < walked.count; row += 1) neighbours.body(bodyStart[row] as number, bodyEnd[row] as number);
}

class NeighbourCollector {
  readonly #set: TermSet;
  readonly #bytes: Uint8Array;
  readonly #view: KeyValueView;
  readonly #keys: KnownKeys;
  /** Of the last word of each known key: its hash, and 1 where it may have a neighbour. */
  readonly #lastOfKey = new Int32Array(keySlots);
  readonly #isLastOfKey = new Uint8Array(keySlots);
  /** Of the word before, where that may have a neighbour. */
  #before = 0;
  #isBefore = false;

  constructor(set: TermSet, bytes: Uint8Array) {
    this.#set = set;
    this.#bytes = bytes;
    this.#view = new KeyValueView(bytes);
    this.#keys = new KnownKeys(bytes);
  }

  text(start: number, end: number): void {
    this.#isBefore = false;
    this.#words(this.#bytes, start, end);
  }

  body(start: number, end: number): void {
    if (end === start) return;
    if (this.#view.readText(start, end)) this.text(this.#view.valueStart, this.#view.valueEnd);
    else this.#shown('', anyValueAt(this.#bytes, start, end));
  }

  /** A key and a value are one field. */
  attribute(start: number, end: number): void {
    const view = this.#view;
    if (!view.read(start, end) || (view.kind !== valueKind.text && view.kind !== valueKind.int)) {
      const attribute = keyValueAt(this.#bytes, start, end);
      this.#shown(attribute?.key ?? '', attribute?.value);
      return;
    }
    this.#key(view.keyStart, view.keyEnd);
    if (view.kind === valueKind.text) this.#words(this.#bytes, view.valueStart, view.valueEnd);
  }

  #key(start: number, end: number): void {
    const known = this.#keys.slotOf(start, end);
    const slot = known < 0 ? ~known : known;
    if (known < 0) {
      this.text(start, end);
      this.#lastOfKey[slot] = this.#before;
      this.#isLastOfKey[slot] = this.#isBefore ? 1 : 0;
    }
    this.#before = this.#lastOfKey[slot] as number;
    this.#isBefore = this.#isLastOfKey[slot] === 1;
  }

  /** A chunk with a value that cannot be read has `everythingTerm` anyway. */
  #shown(key: string, value: AnyValue | undefined): void {
    if (value === undefined) return;
    this.#isBefore = false;
    for (const part of [key, displayValue(value)]) {
      const bytes = Buffer.from(part);
      this.#words(bytes, 0, bytes.length);
    }
  }

  #words(bytes: Uint8Array, start: number, end: number): void {
    const limit = Math.min(end, start + indexedBytes);
    const [before, isBefore] = [this.#before, this.#isBefore];
    let at = start;
    while (at < limit) {
      let letter = asciiLetters[bytes[at] as number] as number;
      if (letter === 0) {
        at += 1;
        continue;
      }
      let hash = wordSeed;
      let digits = 0;
      while (letter !== 0) {
        if (letter >= 0x80) {
          [this.#before, this.#isBefore] = [before, isBefore];
          return this.#textWords(bytes, start, limit);
        }
        hash = hashLetter(hash, letter);
        // Negative from the first digit on.
        digits |= letter - firstLetter;
        at += 1;
        letter = at < limit ? (asciiLetters[bytes[at] as number] as number) : 0;
      }
      this.#word(hash, digits < 0);
    }
  }

  /** The same for text that is not ASCII. */
  #textWords(bytes: Uint8Array, start: number, end: number): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    for (const word of wordsOf(text)) this.#word(hashOf(word), hasDigit.test(word));
  }

  #word(hash: number, hasDigits: boolean): void {
    if (!hasDigits && this.#isBefore) this.#set.add(neighbourTerm(this.#before, hash));
    this.#before = hash;
    this.#isBefore = !hasDigits;
  }
}

const firstLetter = 0x61;

function hashOf(word: string): number {
  let hash = wordSeed;
  for (let at = 0; at < word.length; at += 1) hash = hashLetter(hash, word.charCodeAt(at));
  return hash;
}
