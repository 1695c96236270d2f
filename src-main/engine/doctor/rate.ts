/** Long enough to be calm, short enough to be of the moment. */
const windowSeconds = 10;

/** How much a second over the last ten, without a timer: one sum for each second, in a ring. */
export class Rate {
  readonly #sums = new Float64Array(windowSeconds);
  #second = 0;

  add(amount: number, nowMs: number): void {
    this.#advance(nowMs);
    const slot = this.#second % windowSeconds;
    this.#sums[slot] = (this.#sums[slot] ?? 0) + amount;
  }

  perSecond(nowMs: number): number {
    this.#advance(nowMs);
    return this.#sums.reduce((sum, each) => sum + each, 0) / windowSeconds;
  }

  /** Seconds that have passed since the last call had nothing. A clock that was set back changes nothing until it has caught up. */
  #advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second - this.#second >= windowSeconds) this.#sums.fill(0);
    else for (let passed = this.#second + 1; passed <= second; passed++) this.#sums[passed % windowSeconds] = 0;
    this.#second = Math.max(second, this.#second);
  }
}
