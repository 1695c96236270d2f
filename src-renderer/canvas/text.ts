/** Enough for every label on a screen many times over; then the oldest half goes. */
const mostWidths = 2000;

/** Widths of texts in one font. Measuring is the slowest thing a canvas does, and labels repeat from frame to frame. */
export class TextWidths {
  readonly #widths = new Map<string, number>();
  readonly font: string;

  constructor(font: string) {
    this.font = font;
  }

  /** Sets the context's font. */
  of(context: CanvasRenderingContext2D, text: string): number {
    context.font = this.font;
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    if (this.#widths.size >= mostWidths) {
      for (const old of [...this.#widths.keys()].slice(0, mostWidths / 2)) this.#widths.delete(old);
    }
    const width = context.measureText(text).width;
    this.#widths.set(text, width);
    return width;
  }
}
