import { KeyValueView, valueKind } from '../../index/key-value.ts';
import { wordsOf } from '../../index/words.ts';

/** Tags of logs.proto `LogRecord`: number and wire type. */
const bodyTag = (5 << 3) | 2;
const attributeTag = (6 << 3) | 2;
/** Tags of common.proto `KeyValue` and `AnyValue`. */
const keyTag = (1 << 3) | 2;
const valueTag = (2 << 3) | 2;
const textTag = (1 << 3) | 2;

/**
 * Looks for words in what a log record shows otherwise than it is sent: numbers, bools, bytes, lists, maps. Says yes where it cannot tell: whoever asks looks closer then.
 */
export class OddValues {
  readonly #bytes: Uint8Array;
  readonly #view: KeyValueView;
  readonly #words: readonly string[];
  readonly #bools: readonly boolean[];
  readonly #numbers: readonly string[];
  readonly #anyInDouble: boolean;
  readonly #names: readonly Buffer[] | undefined;

  /** `words`: in lower case. `names`: of the attributes that matter, if not all fields do. */
  constructor(bytes: Uint8Array, words: readonly string[], names: readonly string[] | undefined) {
    this.#names = names?.map((name) => Buffer.from(name));
    this.#bytes = bytes;
    this.#view = new KeyValueView(bytes);
    this.#words = words;
    this.#bools = [false, true].map((bool) => words.some((word) => String(bool).startsWith(word)));
    // No number is written with a zero before it.
    this.#numbers = words.filter((word) => /^(?:0|[1-9]\d*)$/.test(word));
    this.#anyInDouble = words.some((word) => /\d/.test(word) || 'infinity'.startsWith(word) || 'nan'.startsWith(word));
  }

  /** Whether the record whose message is from `start` to `end` may show a word that begins with one of those looked for. */
  mayShow(start: number, end: number): boolean {
    const bytes = this.#bytes;
    let at = start;
    while (at < end) {
      const tag = bytes[at] as number;
      const next = behindField(bytes, at, end);
      if (next < 0) return true;
      if (
        tag === attributeTag
          ? this.attributeMayShow(contentOf(bytes, at), next)
          : tag === bodyTag && this.#names === undefined && !isText(bytes, contentOf(bytes, at), next)
      )
        return true;
      at = next;
    }
    return false;
  }

  /** The same of one attribute, a `KeyValue` message. */
  attributeMayShow(start: number, end: number): boolean {
    const bytes = this.#bytes;
    // Nearly all: a key and a text, both short.
    const keyLength = bytes[start + 1] as number;
    const value = start + 2 + keyLength;
    const textLength = bytes[value + 3] as number;
    const isPlain =
      value + 4 + textLength === end &&
      bytes[start] === keyTag &&
      keyLength < 0x80 &&
      bytes[value] === valueTag &&
      bytes[value + 1] === textLength + 2 &&
      bytes[value + 2] === textTag &&
      textLength < 0x7e;
    if (isPlain) return false;
    return this.#rareMayShow(start, end);
  }

  #rareMayShow(start: number, end: number): boolean {
    const view = this.#view;
    if (!view.read(start, end)) return true;
    if (this.#names !== undefined && !this.#names.some((name) => isKey(this.#bytes, view, name))) return false;
    switch (view.kind) {
      case valueKind.text:
        return false;
      case valueKind.bool:
        return this.#bools[(view.low | view.high) === 0 ? 0 : 1] === true;
      case valueKind.int:
        return this.#numbers.length > 0 && this.#intMayShow(Math.abs(view.int));
      case valueKind.double:
        return this.#anyInDouble && this.#doubleMayShow(String(view.double));
    }
  }

  #intMayShow(int: number): boolean {
    return !Number.isSafeInteger(int) || this.#numbers.some((number) => String(int).startsWith(number));
  }

  #doubleMayShow(shown: string): boolean {
    return wordsOf(shown).some((found) => this.#words.some((word) => found.startsWith(word)));
  }
}

function isKey(bytes: Uint8Array, { keyStart, keyEnd }: KeyValueView, name: Buffer): boolean {
  return keyEnd - keyStart === name.length && name.compare(bytes, keyStart, keyEnd) === 0;
}

/** Whether an `AnyValue` is a text, or nothing. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  return start === end || (bytes[start] === textTag && behindField(bytes, start, end) === end);
}

/** Where the content of a field of wire type 2 begins, whose tag is one byte. */
export function contentOf(bytes: Uint8Array, at: number): number {
  let content = at + 1;
  while ((bytes[content] as number) >= 0x80) content += 1;
  return content + 1;
}

/** Where the field after the one at `at` begins; -1 where that is of an unusual form. */
export function behindField(bytes: Uint8Array, at: number, end: number): number {
  const tag = bytes[at] as number;
  let next = at + 1;
  if (tag >= 0x80) {
    if ((bytes[next] as number) >= 0x80) return -1;
    next += 1;
  }
  switch (tag & 7) {
    case 0:
      while ((bytes[next] as number) >= 0x80) next += 1;
      next += 1;
      break;
    case 1:
      next += 8;
      break;
    case 2: {
      let length = bytes[next] as number;
      if (length >= 0x80) {
        next += 1;
        length = (length & 0x7f) | ((bytes[next] as number) << 7);
        if (length >= 0x4000) return -1;
      }
      next += 1 + length;
      break;
    }
    case 5:
      next += 4;
      break;
    default:
      return -1;
  }
  return next <= end ? next : -1;
}
