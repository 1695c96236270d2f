import { wordsOf } from '../../index/words.ts';
import { KeyValueView, valueKind } from '../../index/key-value.ts';
import { WireField } from '#main/decode/walk/wire-field';

/** Fields of logs.proto `LogRecord`. */
const bodyField = 5;
const attributesField = 6;

/**
 * Looks for a word in what a log record shows otherwise than it is sent: numbers, bools, bytes, lists, maps. Says yes where it cannot tell: whoever asks looks closer then.
 */
export class OddValues {
  readonly #bytes: Uint8Array;
  readonly #view: KeyValueView;
  readonly #word: string;
  readonly #isNumber: boolean;
  readonly #field = new WireField();

  constructor(bytes: Uint8Array, word: string) {
    this.#bytes = bytes;
    this.#view = new KeyValueView(bytes);
    this.#word = word;
    this.#isNumber = /^\d+$/.test(word);
  }

  /** Whether the record whose message is from `start` to `end` may show a word that begins with the one looked for. */
  mayShow(start: number, end: number): boolean {
    const field = this.#field;
    for (let pos = start; pos < end; pos = field.end) {
      if (!field.read(this.#bytes, pos, end)) return true;
      if (field.number === bodyField) {
        if (field.end > field.start && !this.#view.readText(field.start, field.end)) return true;
      } else if (field.number === attributesField && this.#attributeMayShow(field.start, field.end)) return true;
    }
    return false;
  }

  #attributeMayShow(start: number, end: number): boolean {
    const view = this.#view;
    if (!view.read(start, end)) return true;
    switch (view.kind) {
      case valueKind.text:
        return false;
      case valueKind.bool:
        return this.#isIn(String((view.low | view.high) !== 0));
      case valueKind.int:
        return this.#isNumber && (!Number.isSafeInteger(view.int) || String(Math.abs(view.int)).startsWith(this.#word));
      case valueKind.double:
        return this.#isIn(String(view.double));
    }
  }

  #isIn(text: string): boolean {
    return wordsOf(text).some((word) => word.startsWith(this.#word));
  }
}
