import type { CriticalPath } from '#proto/analysis/critical-path';
import { type Intervals, intervalsOf } from './intervals.ts';

/** The critical path by span instead of by time: which of its moments belong to a span, or to all spans of a stretch of the tree that one row stands for. */
export class CriticalSpans {
  /** Segments of a span: from `#first[span]` up to, not including, `#first[span + 1]`. */
  readonly #first: Int32Array;
  readonly #startNs: Float64Array;
  readonly #endNs: Float64Array;
  /** Of the stretches that were drawn: at most one a row. */
  readonly #drawn = new Map<string, Intervals>();

  /** `size`: spans of the trace. */
  constructor(path: CriticalPath, size: number) {
    this.#first = new Int32Array(size + 1);
    for (const span of path.span) this.#first[span + 1] = (this.#first[span + 1] ?? 0) + 1;
    for (let span = 0; span < size; span++) this.#first[span + 1] = (this.#first[span + 1] ?? 0) + (this.#first[span] ?? 0);
    this.#startNs = new Float64Array(path.span.length);
    this.#endNs = new Float64Array(path.span.length);
    const next = this.#first.slice();
    for (let segment = 0; segment < path.span.length; segment++) {
      const span = path.span[segment] ?? 0;
      const place = next[span] ?? 0;
      next[span] = place + 1;
      this.#startNs[place] = path.startNs[segment] ?? 0;
      this.#endNs[place] = path.endNs[segment] ?? 0;
    }
  }

  /** Whether the path goes through a span from `first` up to, not including, `end`. */
  has(first: number, end: number): boolean {
    return (this.#first[end] ?? 0) > (this.#first[first] ?? 0);
  }

  /** How long the path stays in those spans. */
  totalNs(first: number, end: number): number {
    let totalNs = 0;
    for (let place = this.#first[first] ?? 0; place < (this.#first[end] ?? 0); place++)
      totalNs += (this.#endNs[place] ?? 0) - (this.#startNs[place] ?? 0);
    return totalNs;
  }

  /** When the path is in those spans. */
  within(first: number, end: number): Intervals {
    const key = `${first} ${end}`;
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const [from, to] = [this.#first[first] ?? 0, this.#first[end] ?? 0];
    const intervals = intervalsOf(this.#startNs.subarray(from, to), this.#endNs.subarray(from, to));
    this.#drawn.set(key, intervals);
    return intervals;
  }
}
