import { RowList } from './row-list.ts';
import type { WalkedLinks } from './walked.ts';

/** The links of the spans of one payload, in order. Used again for the next payload. */
export class LinkList {
  readonly #span = new RowList();
  readonly #traceAt = new RowList();
  readonly #spanAt = new RowList();

  reset(): void {
    this.#span.reset();
    this.#traceAt.reset();
    this.#spanAt.reset();
  }

  push(span: number, traceAt: number, spanAt: number): void {
    this.#span.push(span);
    this.#traceAt.push(traceAt);
    this.#spanAt.push(spanAt);
  }

  /** A copy for keeping, without those of a span that turned out to be damaged, which is the last one there is. */
  ofFirst(spans: number): WalkedLinks {
    const span = this.#span.rows();
    let count = span.length;
    while (count > 0 && (span[count - 1] as number) >= spans) count -= 1;
    return {
      count,
      span: span.subarray(0, count),
      traceAt: this.#traceAt.rows().subarray(0, count),
      spanAt: this.#spanAt.rows().subarray(0, count),
    };
  }
}
