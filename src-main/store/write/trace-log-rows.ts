import type { Database } from 'better-sqlite3';
import { readUint32s, writeUint32s } from '../chunk-rows.ts';
import type { LogsOfTraces } from './facts.ts';

/** The table `trace_log`. */
export class TraceLogRows {
  readonly #read;
  readonly #write;
  readonly #delete;

  constructor(db: Database) {
    this.#read = db.prepare<[Uint8Array], { log_count: number; chunks: Buffer }>(
      'SELECT log_count, chunks FROM trace_log WHERE trace_id = ?',
    );
    this.#write = db.prepare('INSERT OR REPLACE INTO trace_log (trace_id, log_count, chunks) VALUES (?, ?, ?)');
    this.#delete = db.prepare<[Uint8Array]>('DELETE FROM trace_log WHERE trace_id = ?');
  }

  /** `chunks`: new ones. */
  add(traceId: Uint8Array, count: number, chunks: readonly number[]): void {
    const stored = this.#read.get(traceId);
    if (stored === undefined) {
      this.#write.run(traceId, count, writeUint32s(chunks));
      return;
    }
    const all = [...readUint32s(stored.chunks), ...chunks].toSorted((a, b) => a - b);
    this.#write.run(traceId, stored.log_count + count, writeUint32s(all));
  }

  /** The records of a chunk are gone. */
  subtract({ ids, counts }: LogsOfTraces, chunk: number): void {
    for (const [trace, count] of counts.entries()) {
      const traceId = ids.subarray(trace * 16, trace * 16 + 16);
      const stored = this.#read.get(traceId);
      if (stored === undefined) continue;
      const left = readUint32s(stored.chunks).filter((id) => id !== chunk);
      if (left.length === 0) this.#delete.run(traceId);
      else this.#write.run(traceId, stored.log_count - count, writeUint32s(left));
    }
  }
}
