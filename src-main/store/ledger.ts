import type { Database } from 'better-sqlite3';
import { Acknowledged } from './acknowledged.ts';
import type { Append } from './interface.ts';

/** Batches that are remembered; a client that got no answer sends again within a minute. */
const maxBatches = 10_000;

/** Which batch a record came in, and when. */
export interface Arrival {
  batch: number;
  receivedNs: bigint;
}

/** Every request that was stored, in order: how a request that comes twice is known, and how the loss of acknowledged ones is noticed. */
export class Ledger {
  readonly #acknowledged: Acknowledged;
  readonly #find;
  readonly #insert;
  readonly #trim;
  readonly #lastBatch;
  readonly #missingArrivals;

  constructor(db: Database, acknowledgedPath: string) {
    this.#find = db.prepare<[Uint8Array], number>('SELECT id FROM batch WHERE payload_hash = ?').pluck();
    this.#insert = db.prepare<[number, Uint8Array, bigint, string, number]>(
      `INSERT INTO batch (id, payload_hash, received_ns, signal, record_count, last_trace, last_log)
       VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(ordinal), 0) FROM trace), (SELECT coalesce(max(id), 0) FROM log))`,
    );
    this.#trim = db.prepare<[number]>('DELETE FROM batch WHERE id <= ?');
    this.#lastBatch = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM batch').pluck();
    // Retention takes the oldest first, so the newest can only be missing where nothing is left at all.
    this.#missingArrivals = db
      .prepare<[], number>(
        `SELECT 1 FROM (SELECT last_trace, last_log FROM batch ORDER BY id DESC LIMIT 1)
         WHERE last_trace > (SELECT max(ordinal) FROM trace) OR last_log > (SELECT max(id) FROM log)`,
      )
      .pluck();
    const storeId = db.prepare<[], string>('SELECT id FROM store').pluck().get() ?? '';
    this.#acknowledged = new Acknowledged(acknowledgedPath, storeId);
  }

  /** In plain words what the store has lost since it was last written; `undefined` where nothing is missing. To be asked once, at the start. */
  missing(): string | undefined {
    const last = this.#lastBatch.get() ?? 0;
    const lost = this.#acknowledged.read() - last;
    this.#acknowledged.write(last);
    if (lost > 0)
      return `The last ${lost} ${lost === 1 ? 'request that was' : 'requests that were'} acknowledged are missing: the end of the store was damaged, or the power failed.`;
    if (this.#missingArrivals.get() !== undefined) return 'Some of what was received last is missing: the store was damaged.';
    return undefined;
  }

  has(payloadHash: Uint8Array): boolean {
    return this.#find.get(payloadHash) !== undefined;
  }

  /** The number of the batch that is stored next. Arrival is told by it and not by a clock, which may be set back. */
  next(): number {
    return (this.#lastBatch.get() ?? 0) + 1;
  }

  add(batch: number, { payloadHash, receivedNs, records }: Append, recordCount: number): void {
    this.#insert.run(batch, payloadHash, receivedNs, records.signal, recordCount);
    this.#trim.run(batch - maxBatches);
  }

  /** After the commit, before anybody is told of it. */
  acknowledge(): void {
    this.#acknowledged.write(this.#lastBatch.get() ?? 0);
  }

  close(): void {
    this.#acknowledged.close();
  }
}
