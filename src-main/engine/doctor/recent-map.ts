/** A map of bounded size: what was used longest ago makes room for what is new. */
export class RecentMap<Value> {
  readonly #limit: number;
  readonly #entries = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of `key`, which counts as used now; made where there is none. */
  use(key: string, create: () => Value): Value {
    const value = this.#entries.get(key) ?? create();
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#limit && oldest !== undefined) this.#entries.delete(oldest);
    return value;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Least recently used first. */
  values(): IterableIterator<Value> {
    return this.#entries.values();
  }
}
