import type { Database } from 'better-sqlite3';

/** Which traces live: those that came after the horizon, and the pinned ones. */
export class Lifetimes {
  readonly #readHorizon;
  readonly #writeHorizon;
  readonly #readPins;
  readonly #pin;
  readonly #unpin;
  #horizon = 0;
  /** Trace ids in hexadecimal by ordinal. */
  #pins = new Map<number, string>();

  constructor(db: Database) {
    this.#readHorizon = db.prepare<[], number>('SELECT horizon FROM store').pluck();
    this.#writeHorizon = db.prepare<[number]>('UPDATE store SET horizon = ?');
    this.#readPins = db.prepare<[], { ordinal: number; id: string }>('SELECT ordinal, lower(hex(trace_id)) AS id FROM pin');
    this.#pin = db.prepare('INSERT OR REPLACE INTO pin (trace_id, ordinal) VALUES (?, ?)');
    this.#unpin = db.prepare('DELETE FROM pin WHERE trace_id = ?');
    this.refresh();
  }

  /** Traces up to this ordinal are gone, but for pinned ones. */
  get horizon(): number {
    return this.#horizon;
  }

  get pinned(): ReadonlyMap<number, string> {
    return this.#pins;
  }

  isAlive(ordinal: number): boolean {
    return ordinal > this.#horizon || this.#pins.has(ordinal);
  }

  /** Inside a transaction; true here after `refresh`. */
  raise(horizon: number): void {
    this.#writeHorizon.run(horizon);
  }

  /** Inside a transaction; true here after `refresh`. */
  setPinned(traceId: Uint8Array, ordinal: number, pinned: boolean): void {
    if (pinned) this.#pin.run(traceId, ordinal);
    else this.#unpin.run(traceId);
  }

  /** As it is stored. */
  refresh(): void {
    this.#horizon = this.#readHorizon.get() ?? 0;
    this.#pins = new Map(this.#readPins.all().map(({ ordinal, id }) => [ordinal, id]));
  }
}
