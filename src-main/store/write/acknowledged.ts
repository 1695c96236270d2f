import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { prepareFile } from '../data-directory.ts';

/** `<store id> <batch id>\n`, always this long, so that overwriting it needs no truncation. */
const recordPattern = /^([0-9a-f]{32}) (\d{20})\n$/;
const recordBytes = 54;

/**
 * The last batch that was acknowledged, in a file outside the database. SQLite takes a damaged write-ahead log for a shorter one and opens without a word, ledger
 * and all, as of an earlier moment; this file then knows of batches that the ledger does not.
 *
 * It is written after each commit and not synced: it outlives the process, and after a power failure it may be ahead of the database, which is then the truth too.
 */
export class Acknowledged {
  readonly #file: number;
  readonly #storeId: string;

  constructor(path: string, storeId: string) {
    prepareFile(path);
    this.#file = openSync(path, 'r+');
    this.#storeId = storeId;
  }

  /** 0 where nothing is known of this store. */
  read(): number {
    const buffer = Buffer.alloc(recordBytes + 1);
    const length = readSync(this.#file, buffer, 0, buffer.length, 0);
    const [, storeId, batchId] = recordPattern.exec(buffer.toString('latin1', 0, length)) ?? [];
    return storeId === this.#storeId ? Number(batchId) : 0;
  }

  write(batchId: number): void {
    writeSync(this.#file, `${this.#storeId} ${String(batchId).padStart(20, '0')}\n`, 0);
  }

  close(): void {
    closeSync(this.#file);
  }
}
