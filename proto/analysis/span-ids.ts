const halfDigits = 8;
const spanIdBytes = 8;
const halfBytes = 4;

/** The span ids of a trace as two numbers each, in tree order; text only of the spans that are looked at. */
export class SpanIds {
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  /** Log lines ask for the same few spans with every step of scrolling. */
  readonly #found = new Map<string, number | undefined>();

  /** `bytes`: 8 an id, row by row; `rows`: the row of each span. */
  constructor(bytes: Uint8Array, rows: Int32Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#high = new Uint32Array(rows.length);
    this.#low = new Uint32Array(rows.length);
    for (let span = 0; span < rows.length; span++) {
      const offset = (rows[span] ?? 0) * spanIdBytes;
      this.#high[span] = view.getUint32(offset);
      this.#low[span] = view.getUint32(offset + halfBytes);
    }
  }

  /** 16 hex digits; empty for a span that does not exist. */
  at(span: number): string {
    const high = this.#high[span];
    const low = this.#low[span];
    return high === undefined || low === undefined ? '' : hexOf(high) + hexOf(low);
  }

  /** The span of an id. Looks at all of them, which takes 0.1 ms for 100,000 and saves an index of strings. */
  indexOf(id: string): number | undefined {
    if (this.#found.has(id)) return this.#found.get(id);
    const span = this.#search(id);
    this.#found.set(id, span);
    return span;
  }

  /** The spans of many ids in one pass; ids that no span has are left out. */
  placesOf(ids: Iterable<string>): Map<string, number> {
    const wanted = new Map<number, string[]>();
    for (const id of ids) {
      const low = Number.parseInt(id.slice(halfDigits), 16);
      wanted.set(low, [...(wanted.get(low) ?? []), id]);
    }
    const places = new Map<string, number>();
    for (let span = 0; span < this.#low.length; span++) {
      for (const id of wanted.get(this.#low[span] ?? 0) ?? []) if (id === this.at(span)) places.set(id, span);
    }
    return places;
  }

  /** Tells of a span whether its id begins with `prefix`; undefined where no id can. */
  startingWith(prefix: string): ((span: number) => boolean) | undefined {
    if (!/^[0-9a-f]{1,16}$/.test(prefix)) return undefined;
    const isInHigh = begins(this.#high, prefix.slice(0, halfDigits));
    if (prefix.length <= halfDigits) return isInHigh;
    const isInLow = begins(this.#low, prefix.slice(halfDigits));
    return (span) => isInHigh(span) && isInLow(span);
  }

  #search(id: string): number | undefined {
    if (!/^[0-9a-f]{16}$/.test(id)) return undefined;
    const high = Number.parseInt(id.slice(0, halfDigits), 16);
    const low = Number.parseInt(id.slice(halfDigits), 16);
    for (let span = this.#low.indexOf(low); span >= 0; span = this.#low.indexOf(low, span + 1)) {
      if (this.#high[span] === high) return span;
    }
    return undefined;
  }
}

const begins = (halves: Uint32Array, digits: string): ((span: number) => boolean) => {
  const wanted = Number.parseInt(digits, 16);
  const dropped = 4 * (halfDigits - digits.length);
  return (span) => (halves[span] ?? 0) >>> dropped === wanted;
};

const hexOf = (half: number): string => half.toString(16).padStart(halfDigits, '0');
