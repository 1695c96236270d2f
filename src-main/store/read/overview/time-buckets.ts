import type { ArrivalHistogram } from '#proto/bridge/trace-overview';

const ms = 1_000_000n;
const second = 1000n * ms;
const minute = 60n * second;
const hour = 60n * minute;
const day = 24n * hour;

/** Widths that people count in. Requests that arrive together within less than the first are one moment to them. */
const widths = [
  ...[100n, 200n, 500n].map((count) => count * ms),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * second),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * minute),
  ...[1n, 2n, 3n, 6n, 12n].map((count) => count * hour),
  ...[1n, 2n, 7n, 14n, 28n].map((count) => count * day),
];

/** The smallest width with which at most `most` buckets lie between two moments, in nanoseconds. */
export function bucketWidth(fromNs: bigint, toNs: bigint, most: number): bigint {
  let width = widths[0] as bigint;
  for (let place = 1; toNs / width - fromNs / width + 1n > BigInt(most); place += 1) width = widths[place] ?? width * 2n;
  return width;
}

/** Counts traces by when they arrived. */
export class TimeBuckets {
  readonly #startNs: bigint;
  readonly widthNs: bigint;
  readonly #traces: number[] = [];
  readonly #errors: number[] = [];

  /** `startNs` is not later than any arrival. */
  constructor(startNs: bigint, widthNs: bigint) {
    this.#startNs = startNs - (startNs % widthNs);
    this.widthNs = widthNs;
  }

  get startNs(): bigint {
    return this.#startNs;
  }

  add(receivedNs: bigint, traces: number, errors: number): void {
    const bucket = Number((receivedNs - this.#startNs) / this.widthNs);
    while (this.#traces.length <= bucket) {
      this.#traces.push(0);
      this.#errors.push(0);
    }
    this.#traces[bucket] = (this.#traces[bucket] as number) + traces;
    this.#errors[bucket] = (this.#errors[bucket] as number) + errors;
  }

  histogram(): ArrivalHistogram {
    const first = this.#traces.findIndex((count) => count > 0);
    const end = this.#traces.findLastIndex((count) => count > 0) + 1;
    const from = Math.max(0, first);
    return {
      startTimeUnixNano: String(this.#startNs + BigInt(from) * this.widthNs),
      bucketNano: String(this.widthNs),
      traceCounts: this.#traces.slice(from, end),
      errorCounts: this.#errors.slice(from, end),
    };
  }
}
