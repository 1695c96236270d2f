import type { Database } from 'better-sqlite3';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import type { ArrivalRange, TraceOrdinal } from '../../interface.ts';
import type { ArrivalBounds } from '../arrival-times.ts';
import type { NewestOrdinals } from '../newest-ordinals.ts';
import { endOfTimeNs, type Traces } from '../traces.ts';
import { bucketWidth, TimeBuckets } from './time-buckets.ts';

export type ArrivalCounts = Pick<TraceOverview, 'traceCount' | 'isComplete' | 'histogram'>;

/** A trace of which unsealed chunks have spans. */
interface Arrived {
  receivedNs: bigint;
  isError: boolean;
  /** What the table says of it, which is less. */
  sealed: { receivedNs: bigint; isError: boolean } | undefined;
}

type Bounds = [from: number, before: number, fromNs: bigint, lastNs: bigint];
const within = 'FROM trace WHERE ordinal >= ? AND ordinal < ? AND received_ns BETWEEN ? AND ?';

/** Counts the traces that arrived in a range of time, without looking at each of those that are sealed. */
export class ArrivalCounter {
  readonly #traces: Traces;
  readonly #last;
  readonly #any;
  readonly #extent;
  readonly #buckets;
  readonly #row;
  readonly #multiples;

  constructor(db: Database, traces: Traces) {
    this.#traces = traces;
    this.#last = db.prepare<[], number>('SELECT max(ordinal) FROM trace').pluck();
    this.#any = db.prepare<Bounds, number>(`SELECT 1 ${within} LIMIT 1`).pluck();
    this.#extent = db
      .prepare<Bounds, { first: bigint | null; last: bigint | null }>(
        `SELECT min(received_ns) AS first, max(received_ns) AS last ${within}`,
      )
      .safeIntegers();
    this.#buckets = db.prepare<[bigint, bigint, ...Bounds], { bucket: number; traces: number; errors: number }>(
      `SELECT (received_ns - ?) / ? AS bucket, count(*) AS traces, sum(error_count > 0) AS errors ${within} GROUP BY bucket`,
    );
    this.#multiples = db.prepare<[...Bounds, number], number>(`SELECT ordinal ${within} AND ordinal % ? = 0`).pluck();
    this.#row = db
      .prepare<[number], { received_ns: bigint; error_count: bigint }>('SELECT received_ns, error_count FROM trace WHERE ordinal = ?')
      .safeIntegers();
  }

  /** Where the newest `most` traces of those that are wanted are. */
  boundsOf(wanted: NewestOrdinals, most: number): ArrivalBounds {
    const last = Math.max(this.#last.get() ?? 0, this.#traces.unsealed.ordinals.at(-1) ?? 0);
    const before = Math.min(wanted.before, last + 1);
    return { from: Math.max(0, wanted.floor + 1, before - most), before };
  }

  /** Newest first: of the traces within `bounds` those in `range` whose ordinal is a multiple of `step`. */
  oneIn(step: number, range: ArrivalRange, wanted: NewestOrdinals, bounds: ArrivalBounds): TraceOrdinal[] {
    const { unsealed, arrivals } = this.#traces;
    const isOpen = (ordinal: TraceOrdinal): boolean => unsealed.get(ordinal) !== undefined;
    const open = [...unsealed.ordinals].filter(
      (ordinal) =>
        ordinal % step === 0 &&
        ordinal >= bounds.from &&
        ordinal < bounds.before &&
        wanted.wants(ordinal) &&
        arrivals.holds(range, ordinal),
    );
    const sealed = this.#multiples.all(...queryBounds(range, bounds), step).filter((ordinal) => !isOpen(ordinal));
    return [...sealed, ...open].toSorted((a, b) => b - a);
  }

  /** Of the traces within `place` those in `range`, which is that of `wanted`. */
  count(range: ArrivalRange, wanted: NewestOrdinals, place: ArrivalBounds, buckets: number): ArrivalCounts {
    const { unsealed } = this.#traces;
    const lastSealed = this.#last.get() ?? 0;
    const bounds = queryBounds(range, place);
    const [from, before, fromNs, lastNs] = bounds;
    const isInRange = (ns: bigint): boolean => ns >= fromNs && ns <= lastNs;
    const arrived = [...unsealed.ordinals]
      .filter((ordinal) => ordinal >= from && ordinal < before && wanted.wants(ordinal))
      .map((ordinal) => this.#arrived(ordinal, lastSealed));

    const extent = this.#extent.get(...bounds);
    const times = arrived.map(({ receivedNs }) => receivedNs).filter(isInRange);
    for (const ns of [extent?.first, extent?.last]) if (typeof ns === 'bigint') times.push(ns);
    if (times.length === 0) return { traceCount: 0, isComplete: !this.#isAnyBelow(from, wanted, bounds), histogram: noHistogram };
    const counted = bucketsFor(times, range, buckets);
    for (const { bucket, traces, errors } of this.#buckets.all(counted.startNs, counted.widthNs, ...bounds))
      counted.add(counted.startNs + BigInt(bucket) * counted.widthNs, traces, errors);
    for (const { receivedNs, isError, sealed } of arrived) {
      if (sealed !== undefined && isInRange(sealed.receivedNs)) counted.add(sealed.receivedNs, -1, sealed.isError ? -1 : 0);
      if (isInRange(receivedNs)) counted.add(receivedNs, 1, isError ? 1 : 0);
    }
    const histogram = counted.histogram();
    const traceCount = histogram.traceCounts.reduce((sum, count) => sum + count, 0);
    return { traceCount, isComplete: !this.#isAnyBelow(from, wanted, bounds), histogram };
  }

  #isAnyBelow(from: TraceOrdinal, wanted: NewestOrdinals, [, , fromNs, lastNs]: Bounds): boolean {
    return from > wanted.floor + 1 && this.#any.get(Math.max(0, wanted.floor + 1), from, fromNs, lastNs) !== undefined;
  }

  #arrived(ordinal: TraceOrdinal, lastSealed: TraceOrdinal): Arrived {
    const { unsealed, arrivals } = this.#traces;
    const row = ordinal > lastSealed ? undefined : this.#row.get(ordinal);
    const sealed = row && { receivedNs: row.received_ns, isError: row.error_count > 0n };
    const isError = unsealed.chunksOf(ordinal).some((chunk) => (chunk.sumOf(ordinal)?.errorCount ?? 0) > 0);
    return { receivedNs: arrivals.of(ordinal) ?? 0n, isError: isError || sealed?.isError === true, sealed };
  }
}

function queryBounds({ fromNs = 0n, toNs = endOfTimeNs }: ArrivalRange, { from, before }: ArrivalBounds): Bounds {
  return [from, before, fromNs, toNs - 1n];
}

const noHistogram = { startTimeUnixNano: '0', bucketNano: '0', traceCounts: [], errorCounts: [] };

/** Counts traces that were read. */
export function countTraces(
  traces: readonly { receivedNs: bigint; isError: boolean }[],
  range: ArrivalRange,
  buckets: number,
): Omit<ArrivalCounts, 'isComplete'> {
  if (traces.length === 0) return { traceCount: 0, histogram: noHistogram };
  const counted = bucketsFor(
    traces.map(({ receivedNs }) => receivedNs),
    range,
    buckets,
  );
  for (const { receivedNs, isError } of traces) counted.add(receivedNs, 1, isError ? 1 : 0);
  return { traceCount: traces.length, histogram: counted.histogram() };
}

/** As fine as `most` allows over the whole range that was asked for, and where that has no end, up to where traces are. */
function bucketsFor(times: readonly bigint[], { fromNs, toNs }: ArrivalRange, most: number): TimeBuckets {
  const first = times.reduce((a, b) => (a < b ? a : b));
  const last = times.reduce((a, b) => (a > b ? a : b));
  return new TimeBuckets(first, bucketWidth(fromNs ?? first, toNs === undefined ? last : toNs - 1n, most));
}
