const twoTo32 = 2 ** 32;

/** A column of nanoseconds since the Unix epoch, read as whole milliseconds: all that is judged by, and a number where a BigInt would cost an allocation. */
export class MillisecondColumn {
  readonly #halves: Uint32Array;
  readonly #low: number;

  constructor(times: BigUint64Array) {
    this.#halves = new Uint32Array(times.buffer, times.byteOffset, 2 * times.length);
    this.#low = lowHalf;
  }

  /** `undefined` where no time was sent. */
  at(row: number): number | undefined {
    const low = this.#halves[2 * row + this.#low] ?? 0;
    const high = this.#halves[2 * row + 1 - this.#low] ?? 0;
    return low === 0 && high === 0 ? undefined : Math.round((high * twoTo32 + low) / 1e6);
  }
}

/** 0 on machines that store the low half first, as nearly all do. */
const lowHalf = new Uint32Array(BigUint64Array.of(1n).buffer)[0] === 1 ? 0 : 1;
