import type { Database } from 'better-sqlite3';
import { Acknowledged } from './acknowledged.ts';
import type { Append } from '../interface.ts';
import { signalCode } from '../schema.ts';

/** Batches that are remembered; a client that got no answer sends again within a minute. */
const maxBatches = 10_000;

/** Every request that was stored, in order: how a request that comes twice is known, and how the loss of acknowledged ones is noticed. */
export class Ledger {
  readonly storeId: string;
  readonly #acknowledged: Acknowledged;
  readonly #find;
  readonly #insert;
  readonly #trim;
  readonly #lastBatch;

  constructor(db: Database, acknowledgedPath: string) {
    this.#find = db.prepare<[Uint8Array], number>('SELECT id FROM batch WHERE payload_hash = ?').pluck();
    this.#insert = db.prepare<[number, Uint8Array, bigint, number, number]>(
      'INSERT INTO batch (id, payload_hash, received_ns, signal, record_count) VALUES (?, ?, ?, ?, ?)',
    );
    this.#trim = db.prepare<[number]>('DELETE FROM batch WHERE id <= ?');
    this.#lastBatch = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM batch').pluck();
    this.storeId = db.prepare<[], string>('SELECT id FROM store').pluck().get() ?? '';
    this.#acknowledged = new Acknowledged(acknowledgedPath, this.storeId);
  }

  /** In plain words what the store has lost since it was last written; `undefined` where nothing is missing. To be asked once, at the start. */
  missing(): string | undefined {
    const last = this.#lastBatch.get() ?? 0;
    const lost = this.#acknowledged.read() - last;
    this.#acknowledged.write(last);
    if (lost > 0)
      return `The last ${lost} ${lost === 1 ? 'request that was' : 'requests that were'} acknowledged are missing: the end of the store was damaged, or the power failed.`;
    return undefined;
  }

  has(payloadHash: Uint8Array): boolean {
    return this.#find.get(payloadHash) !== undefined;
  }

  add({ payloadHash, receivedNs, records }: Append, recordCount: number): void {
    const batch = (this.#lastBatch.get() ?? 0) + 1;
    this.#insert.run(batch, payloadHash, receivedNs, signalCode[records.signal], recordCount);
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
