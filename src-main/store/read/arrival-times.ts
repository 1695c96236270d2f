import type { Database } from 'better-sqlite3';
import type { ArrivalRange, TraceOrdinal } from '../interface.ts';
import type { UnsealedTraces } from './unsealed-traces.ts';

/**
 * As much as times of arrival may be out of the order of arrival: requests are numbered when they are stored, moments after they were received, and a clock is put right now and then. Around
 * both ends of a range as much is looked at trace by trace. A clock that is set back by more hides from a range of time what arrived shortly after that, and from nothing else.
 */
const disorderNs = 60_000_000_000n;

/** Traces from `from` up to, not including, `before` may have arrived in a range, and no others have. */
export interface ArrivalBounds {
  from: TraceOrdinal;
  before: TraceOrdinal;
}

/** When traces arrived. Ordinals grow with the time of arrival, so a range of time is found by halving. */
export class ArrivalTimes {
  readonly #unsealed: UnsealedTraces;
  readonly #received;
  readonly #next;
  readonly #last;

  constructor(db: Database, unsealed: UnsealedTraces) {
    this.#unsealed = unsealed;
    this.#received = db.prepare<[number], bigint>('SELECT received_ns FROM trace WHERE ordinal = ?').pluck().safeIntegers();
    this.#next = db.prepare<[number], number>('SELECT ordinal FROM trace WHERE ordinal >= ? ORDER BY ordinal LIMIT 1').pluck();
    this.#last = db.prepare<[], number>('SELECT max(ordinal) FROM trace').pluck();
  }

  /** When the first span of the trace arrived; `undefined` where none is stored. */
  of(ordinal: TraceOrdinal): bigint | undefined {
    const sealed = this.#received.get(ordinal);
    const unsealed = this.#unsealed.get(ordinal)?.receivedNs;
    return sealed !== undefined && unsealed !== undefined && unsealed < sealed ? unsealed : (sealed ?? unsealed);
  }

  holds({ fromNs, toNs }: ArrivalRange, ordinal: TraceOrdinal): boolean {
    const receivedNs = this.of(ordinal);
    return receivedNs !== undefined && receivedNs >= (fromNs ?? 0n) && (toNs === undefined || receivedNs < toNs);
  }

  boundsOf({ fromNs, toNs }: ArrivalRange): ArrivalBounds {
    return {
      from: fromNs === undefined ? 0 : this.#firstSince(fromNs - disorderNs),
      before: toNs === undefined ? Number.MAX_SAFE_INTEGER : this.#firstSince(toNs + disorderNs),
    };
  }

  #firstSince(timeNs: bigint): TraceOrdinal {
    let from = 0;
    let to = Math.max(this.#last.get() ?? 0, this.#unsealed.ordinals.at(-1) ?? 0) + 1;
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      const next = this.#atOrAfter(middle);
      if (next >= to || (this.of(next) ?? timeNs) >= timeNs) to = middle;
      else from = next + 1;
    }
    return from;
  }

  /** The first trace from `ordinal` on of which anything is stored; infinity where there is none. */
  #atOrAfter(ordinal: TraceOrdinal): TraceOrdinal {
    const sealed = this.#next.get(ordinal) ?? Number.POSITIVE_INFINITY;
    const { ordinals } = this.#unsealed;
    let from = 0;
    let to = ordinals.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((ordinals[middle] as number) < ordinal) from = middle + 1;
      else to = middle;
    }
    return Math.min(sealed, ordinals[from] ?? Number.POSITIVE_INFINITY);
  }
}
