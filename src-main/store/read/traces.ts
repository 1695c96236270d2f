import type { Database } from 'better-sqlite3';
import { readUint32s } from '../chunk-rows.ts';
import type { ArrivalRange, TraceOrdinal } from '../interface.ts';
import { addSum, type TraceSum } from '../trace-sum.ts';
import { sumOfRow, type TraceSumRow } from '../trace-sum-row.ts';
import { ArrivalTimes } from './arrival-times.ts';
import type { NewestOrdinals, OrdinalRange } from './newest-ordinals.ts';
import type { Unsealed } from './unsealed.ts';
import type { UnsealedSpans } from './unsealed-spans.ts';
import { UnsealedTraces } from './unsealed-traces.ts';

/** What is known of a trace without its spans. */
export interface TraceArrival {
  /** When its first span arrived. */
  receivedNs: bigint;
  pinned: boolean;
}

/** With sums over what is sealed and what is not. A span that came in two different requests is in them twice. */
export interface StoredTrace extends TraceArrival {
  /** 16 bytes. */
  traceId: Uint8Array;
  sum: TraceSum;
}

interface Row extends TraceSumRow {
  trace_id: Buffer;
}

/** Which traces are stored, sealed or not, and which of them live. */
export class Traces {
  readonly #unsealed: Unsealed<UnsealedSpans>;
  /** Where the traces of unsealed chunks are. */
  readonly unsealed: UnsealedTraces;
  readonly arrivals: ArrivalTimes;
  readonly #row;
  readonly #ordinal;
  readonly #chunks;
  readonly #newest;
  readonly #horizon;
  readonly #pins;
  readonly #isPinned;

  constructor(db: Database, unsealed: Unsealed<UnsealedSpans>) {
    this.#unsealed = unsealed;
    this.unsealed = new UnsealedTraces(unsealed);
    this.arrivals = new ArrivalTimes(db, this.unsealed);
    this.#row = db
      .prepare<[number], Row>(
        `SELECT trace_id, has_root, root_name, root_source, root_start_ns, start_ns, end_ns, span_count, error_count, sources
         FROM trace WHERE ordinal = ?`,
      )
      .safeIntegers();
    this.#ordinal = db.prepare<[Uint8Array], number>('SELECT ordinal FROM trace WHERE trace_id = ?').pluck();
    this.#chunks = db.prepare<[number], Buffer>('SELECT chunks FROM trace WHERE ordinal = ?').pluck();
    this.#newest = db
      .prepare<[number, number, bigint, bigint, number], number>(
        'SELECT ordinal FROM trace WHERE ordinal >= ? AND ordinal < ? AND received_ns BETWEEN ? AND ? ORDER BY ordinal DESC LIMIT ?',
      )
      .pluck();
    this.#horizon = db.prepare<[], number>('SELECT horizon FROM store').pluck();
    this.#isPinned = db.prepare<[number], number>('SELECT 1 FROM pin WHERE ordinal = ?').pluck();
    this.#pins = db.prepare<[], number>('SELECT ordinal FROM pin').pluck();
  }

  /** To be called when the unsealed chunks have changed. */
  refresh(): void {
    this.unsealed.refresh();
  }

  /** Of the traces that arrived in a range of time, and before one of them, those that live. */
  living(before: TraceOrdinal = Number.MAX_SAFE_INTEGER, arrived: ArrivalRange = {}): OrdinalRange {
    const bounds = this.arrivals.boundsOf(arrived);
    const isAll = arrived.fromNs === undefined && arrived.toNs === undefined;
    return {
      before: Math.min(before, bounds.before),
      from: bounds.from,
      isAskedFor: isAll ? undefined : (ordinal) => this.arrivals.holds(arrived, ordinal),
      horizon: this.#horizon.get() ?? 0,
      pinned: new Set(this.#pins.all()),
    };
  }

  /** Adds the newest traces of all that arrived in a range of time to `found`. */
  newest(found: NewestOrdinals, limit: number, { fromNs = 0n, toNs = endOfTimeNs }: ArrivalRange = {}): void {
    for (const { ordinals, lastOrdinal } of this.#unsealed.chunks()) {
      if (lastOrdinal > found.floor) for (const ordinal of ordinals) found.add(ordinal);
    }
    // A sealed trace of which an unsealed chunk tells another time is among the unsealed ones.
    for (const ordinal of this.#newest.all(found.floor + 1, found.before, fromNs, toNs - 1n, limit)) found.add(ordinal);
  }

  /** `undefined` where no span of a living trace has the id. */
  ordinalOf(traceId: Uint8Array): TraceOrdinal | undefined {
    const sealed = this.#ordinal.get(traceId);
    if (sealed !== undefined) return sealed;
    const { horizon, pinned } = this.living();
    for (const chunk of [...this.#unsealed.chunks()].toReversed()) {
      const ordinal = chunk.ordinalOf(traceId);
      if (ordinal !== undefined && (ordinal > horizon || pinned.has(ordinal))) return ordinal;
    }
    return undefined;
  }

  read(ordinal: TraceOrdinal): StoredTrace | undefined {
    let known = this.#sealed(ordinal);
    for (const chunk of this.unsealed.chunksOf(ordinal)) {
      const place = chunk.ordinals.indexOf(ordinal);
      const sum = chunk.sumOf(ordinal);
      if (sum === undefined) continue;
      if (known === undefined) known = { traceId: chunk.traceIds.subarray(place * 16, place * 16 + 16), sum: copySum(sum) };
      else addSum(known.sum, sum);
    }
    return known && { ...known, ...this.arrivalOf(ordinal) };
  }

  arrivalOf(ordinal: TraceOrdinal): TraceArrival {
    return { receivedNs: this.arrivals.of(ordinal) ?? 0n, pinned: this.#isPinned.get(ordinal) !== undefined };
  }

  /** Chunks with spans of the trace, in order of their ids. */
  chunksOf(ordinal: TraceOrdinal): number[] {
    const sealed = readUint32s(this.#chunks.get(ordinal) ?? new Uint8Array());
    return [...sealed, ...this.unsealed.chunksOf(ordinal).map(({ id }) => id)].toSorted((a, b) => a - b);
  }

  #sealed(ordinal: TraceOrdinal): Pick<StoredTrace, 'traceId' | 'sum'> | undefined {
    const row = this.#row.get(ordinal);
    return row && { traceId: row.trace_id, sum: sumOfRow(row) };
  }
}

/** No time of arrival is as late. */
export const endOfTimeNs = 2n ** 63n - 1n;

function copySum(sum: TraceSum): TraceSum {
  return { ...sum, sources: sum.sources.map(([source, spans, errors]) => [source, spans, errors]) };
}
