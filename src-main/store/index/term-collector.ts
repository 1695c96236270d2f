import { displayValue } from '#proto/model/display-value';
import type { AnyValue } from '#proto/model/any-value';
import { KeyValueView, keyValueAt, valueKind } from './key-value.ts';
import { KnownKeys } from './known-keys.ts';
import { hashOfKey, keyTerm, oddValuesTerm, pairTerm } from './term-hash.ts';
import { LongTexts } from './long-texts.ts';
import type { TermSet } from './term-set.ts';
import { addWords } from './word-terms.ts';

const longTexts = new LongTexts();

/** Adds what can be looked for in the fields of one chunk to a set of terms. */
export class TermCollector {
  readonly #set: TermSet;
  readonly #bytes: Buffer;
  readonly #view: KeyValueView;
  readonly #keys: KnownKeys;
  /** The longest double that JavaScript writes has 25 characters. */
  readonly #digits = Buffer.alloc(32);

  constructor(bytes: Uint8Array, set: TermSet) {
    this.#set = set;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new KeyValueView(bytes);
    this.#keys = new KnownKeys(bytes);
  }

  /** Terms of an attribute: its key, its words, and the pair, which is returned; 0 where anything may be in it. */
  attribute(start: number, end: number): number {
    const view = this.#view;
    if (!view.read(start, end)) return this.#odd(start, end);
    const keyHash = this.#key(view.keyStart, view.keyEnd);
    switch (view.kind) {
      case valueKind.text:
        return this.#text(keyHash, view.valueStart, view.valueEnd);
      case valueKind.bool:
        return this.#number(keyHash, String((view.low | view.high) !== 0));
      case valueKind.int:
        return this.#number(keyHash, view.high === 0 ? String(view.low >>> 0) : intText(view));
      case valueKind.double:
        this.#set.add(oddValuesTerm);
        return this.#number(keyHash, Object.is(view.double, -0) ? '-0' : String(view.double));
    }
  }

  /** Terms of the words of a text. */
  words(start: number, end: number): void {
    addWords(this.#set, this.#bytes, start, end);
  }

  /** Terms of the words of an `AnyValue` that is a text; false where it is another one. */
  plainText(start: number, end: number): boolean {
    const text = this.#view.readText(start, end);
    if (text) addWords(this.#set, this.#bytes, this.#view.valueStart, this.#view.valueEnd);
    return text;
  }

  /** Terms of the words of a value that is not an attribute's; `undefined` is one that could not be read. */
  value(value: AnyValue | undefined): void {
    this.#set.add(oddValuesTerm);
    if (value === undefined) this.#set.addEverything();
    else {
      const text = Buffer.from(displayValue(value));
      addWords(this.#set, text, 0, text.length);
    }
  }

  #key(start: number, end: number): number {
    const slot = this.#keys.slotOf(start, end);
    if (slot >= 0) return this.#keys.hashes[slot] as number;
    const hash = this.#keys.hashes[~slot] as number;
    this.#newKey(hash, this.#bytes, start, end);
    return hash;
  }

  #newKey(hash: number, bytes: Uint8Array, start: number, end: number): void {
    this.#set.add(keyTerm(hash));
    addWords(this.#set, bytes, start, end);
  }

  #text(keyHash: number, start: number, end: number): number {
    const pair = this.#pair(keyHash, this.#bytes, start, end);
    longTexts.addWords(this.#set, this.#bytes, start, end, pair);
    return pair;
  }

  #pair(keyHash: number, bytes: Uint8Array, start: number, end: number): number {
    const pair = pairTerm(keyHash, bytes, start, end);
    this.#set.add(pair);
    return pair;
  }

  /** A number or a bool as it is displayed. */
  #number(keyHash: number, text: string): number {
    for (let at = 0; at < text.length; at += 1) this.#digits[at] = text.charCodeAt(at);
    addWords(this.#set, this.#digits, 0, text.length);
    return this.#pair(keyHash, this.#digits, 0, text.length);
  }

  #odd(start: number, end: number): number {
    this.#set.add(oddValuesTerm);
    const attribute = keyValueAt(this.#bytes, start, end);
    if (attribute === undefined) {
      this.#set.addEverything();
      return 0;
    }
    const key = Buffer.from(attribute.key);
    const keyHash = hashOfKey(key);
    this.#newKey(keyHash, key, 0, key.length);
    const value = Buffer.from(displayValue(attribute.value));
    addWords(this.#set, value, 0, value.length);
    return this.#pair(keyHash, value, 0, value.length);
  }
}

function intText({ high, low }: KeyValueView): string {
  return ((BigInt(high) << 32n) | BigInt(low >>> 0)).toString();
}
