/** A column of interned texts: a number a span, and the text of the spans that are looked at. */
export class TextColumn {
  /** May be shared with other columns. */
  readonly strings: readonly string[];
  /** The index in `strings` of each span's text: equal texts have equal codes. */
  readonly codes: Uint32Array;

  constructor(strings: readonly string[], codes: Uint32Array) {
    this.strings = strings;
    this.codes = codes;
  }

  /** Empty for a span that does not exist. */
  at(span: number): string {
    return this.strings[this.codes[span] ?? -1] ?? '';
  }
}
