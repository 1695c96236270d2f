import { behindField, contentOf, OddValues } from './logs/odd-values.ts';

/** Tags of trace.proto `Span` and `Event`: number and wire type. */
const attributeTag = (9 << 3) | 2;
const eventTag = (11 << 3) | 2;
const eventAttributeTag = (3 << 3) | 2;

/** Looks for words in what a span and its events show otherwise than it is sent. Says yes where it cannot tell. */
export class OddSpanValues {
  readonly #bytes: Uint8Array;
  readonly #odd: OddValues;

  /** `words`: in lower case. `names`: of the attributes that matter, if not all do. */
  constructor(bytes: Uint8Array, words: readonly string[], names: readonly string[] | undefined) {
    this.#bytes = bytes;
    this.#odd = new OddValues(bytes, words, names);
  }

  /** Whether the span whose message is from `start` to `end` may show a word that begins with one of those looked for. */
  mayShow(start: number, end: number): boolean {
    return this.#anyField(start, end, (tag, from, to) => {
      if (tag === attributeTag) return this.#odd.attributeMayShow(from, to);
      return (
        tag === eventTag &&
        this.#anyField(
          from,
          to,
          (eventField, valueStart, valueEnd) => eventField === eventAttributeTag && this.#odd.attributeMayShow(valueStart, valueEnd),
        )
      );
    });
  }

  #anyField(start: number, end: number, mayShow: (tag: number, start: number, end: number) => boolean): boolean {
    for (let at = start; at < end;) {
      const next = behindField(this.#bytes, at, end);
      if (next < 0) return true;
      const tag = this.#bytes[at] as number;
      if ((tag & 7) === 2 && mayShow(tag, contentOf(this.#bytes, at), next)) return true;
      at = next;
    }
    return false;
  }
}
