import type { Database } from 'better-sqlite3';
import type { Subject } from '#proto/model/query-fields';
import { readUint32s } from '../../chunk-rows.ts';
import { signalCode } from '../../schema.ts';

/** Records that are enough to know what is around. */
const enoughRecords = 20_000;
/** Of a store with many small chunks. */
const mostChunks = 200;
/** Groups that surely hold enough: each has 64 full chunks, unless nearly all of it was dropped. */
const mostGroups = 4;

/** Finds the chunks that were written last. */
export class NewestChunks {
  readonly #unsealed;
  readonly #groups;
  readonly #count;

  constructor(db: Database) {
    this.#unsealed = db
      .prepare<[number, number], number>('SELECT chunk FROM unsealed WHERE signal = ? ORDER BY chunk DESC LIMIT ?')
      .pluck();
    this.#groups = db.prepare<[number, number], Buffer>('SELECT chunks FROM chunk_group WHERE signal = ? ORDER BY id DESC LIMIT ?').pluck();
    this.#count = db.prepare<[number], number>('SELECT record_count FROM chunk WHERE id = ?').pluck();
  }

  /** Ids of some chunks, newest first, with some 20,000 records together. */
  of(subject: Subject): number[] {
    const chunks: number[] = [];
    let records = 0;
    for (const id of this.#newestFirst(signalCode[subject])) {
      if (records >= enoughRecords || chunks.length >= mostChunks) break;
      const count = this.#count.get(id);
      if (count === undefined) continue;
      chunks.push(id);
      records += count;
    }
    return chunks;
  }

  *#newestFirst(signal: number): Generator<number> {
    yield* this.#unsealed.all(signal, mostChunks);
    for (const chunks of this.#groups.all(signal, mostGroups)) yield* readUint32s(chunks).toReversed();
  }
}
