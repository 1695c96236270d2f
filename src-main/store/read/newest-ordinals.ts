import type { TraceOrdinal } from '../interface.ts';

/** Which traces a list may show at all. */
export interface OrdinalRange {
  /** Traces from here on are not asked for. */
  before: TraceOrdinal;
  /** Nor are older ones than this. */
  from: TraceOrdinal;
  /** Asked of traces between the two; absent where all of them are asked for. */
  isAskedFor: ((ordinal: TraceOrdinal) => boolean) | undefined;
  /** Traces up to this one are gone, but for pinned ones. */
  horizon: TraceOrdinal;
  pinned: ReadonlySet<TraceOrdinal>;
}

/** Whether retention has left the trace alone so far. */
export function isLiving(ordinal: TraceOrdinal | undefined, { horizon, pinned }: OrdinalRange): boolean {
  return ordinal !== undefined && (ordinal > horizon || pinned.has(ordinal));
}

/** Collects the newest traces of those that are found, in any order, and says which ones are still of interest. */
export class NewestOrdinals {
  readonly #limit: number;
  readonly #range: OrdinalRange;
  readonly #lowestPinned: TraceOrdinal;
  /** Newest first; never more than the limit. */
  readonly #found: TraceOrdinal[] = [];

  constructor(limit: number, range: OrdinalRange) {
    this.#limit = limit;
    this.#range = range;
    this.#lowestPinned = Math.min(Number.POSITIVE_INFINITY, ...range.pinned);
  }

  /** No trace from `before` on is of interest. */
  get before(): TraceOrdinal {
    return this.#range.before;
  }

  /** No trace up to this one is of interest any more. */
  get floor(): TraceOrdinal {
    const oldest = Math.max(this.#range.from - 1, Math.min(this.#range.horizon, this.#lowestPinned - 1));
    return this.#found.length < this.#limit ? oldest : Math.max(oldest, this.#found[this.#limit - 1] ?? Number.POSITIVE_INFINITY);
  }

  wants(ordinal: TraceOrdinal): boolean {
    const { before, from, horizon, pinned } = this.#range;
    if (ordinal >= before || ordinal < from || (ordinal <= horizon && !pinned.has(ordinal))) return false;
    return (this.#found.length < this.#limit || ordinal > this.floor) && this.#found[this.#placeOf(ordinal)] !== ordinal;
  }

  add(ordinal: TraceOrdinal): void {
    if (!this.wants(ordinal) || this.#range.isAskedFor?.(ordinal) === false) return;
    this.#found.splice(this.#placeOf(ordinal), 0, ordinal);
    if (this.#found.length > this.#limit) this.#found.pop();
  }

  /** Keeps those that are newer. */
  forgetUpTo(ordinal: TraceOrdinal): void {
    this.#found.length = this.#placeOf(ordinal);
  }

  newestFirst(): readonly TraceOrdinal[] {
    return this.#found;
  }

  /** Place of the first one that is not newer. */
  #placeOf(ordinal: TraceOrdinal): number {
    let from = 0;
    let to = this.#found.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#found[middle] as number) > ordinal) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
