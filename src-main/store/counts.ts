import type { Database } from 'better-sqlite3';
import { walkSpans } from '#main/decode/walk/walk-spans';
import { readChunk, readUint32s } from './chunk-rows.ts';
import { storedBytes, type StorePaths } from './data-directory.ts';
import type { StoredCounts } from './interface.ts';
import { signalCode } from './schema.ts';

/** How much is stored and lives, for readers; the writer knows it by heart. */
export class Counts {
  readonly #db: Database;
  readonly #paths: StorePaths;
  readonly #sealed;
  readonly #unsealedLogs;
  readonly #unsealedSpans;
  readonly #pinned;
  readonly #rowsAmong;

  constructor(db: Database, paths: StorePaths) {
    this.#db = db;
    this.#paths = paths;
    this.#sealed = db.prepare<[], { traces: number; horizon: number; spans: number; logs: number }>(
      `SELECT trace_count AS traces, horizon, (SELECT coalesce(sum(span_count), 0) FROM source) AS spans, (SELECT coalesce(sum(log_count), 0) FROM source) AS logs
       FROM store`,
    );
    this.#unsealedLogs = db.prepare<[number], number>('SELECT coalesce(sum(record_count), 0) FROM unsealed WHERE signal = ?').pluck();
    this.#unsealedSpans = db.prepare<[number], { id: number; spans: number; arrival: Buffer }>(
      'SELECT id, chunk.record_count AS spans, arrival FROM unsealed JOIN chunk ON chunk.id = unsealed.chunk WHERE unsealed.signal = ?',
    );
    this.#pinned = db.prepare<[], number>('SELECT ordinal FROM pin').pluck();
    this.#rowsAmong = db.prepare<[string], number>('SELECT count(*) FROM trace WHERE ordinal IN (SELECT value FROM json_each(?))').pluck();
  }

  /** Inside a transaction, so that all of it is of one moment. */
  read(): StoredCounts {
    const { horizon, ...sealed } = this.#sealed.get() ?? { traces: 0, horizon: 0, spans: 0, logs: 0 };
    const pinned = new Set(this.#pinned.all());
    const traces = new Set<number>();
    let spans = 0;
    for (const chunk of this.#unsealedSpans.all(signalCode.traces)) {
      const alive = readUint32s(chunk.arrival).map((ordinal) => (ordinal > horizon || pinned.has(ordinal) ? ordinal : 0));
      for (const ordinal of alive) if (ordinal !== 0) traces.add(ordinal);
      spans += alive.includes(0) ? this.#livingSpans(chunk.id, alive) : chunk.spans;
    }
    return {
      traces: sealed.traces + traces.size - (this.#rowsAmong.get(JSON.stringify([...traces])) ?? 0),
      spans: sealed.spans + spans,
      logs: sealed.logs + (this.#unsealedLogs.get(signalCode.logs) ?? 0),
      bytes: storedBytes(this.#paths),
    };
  }

  #livingSpans(chunk: number, alive: Uint32Array): number {
    const { trace } = walkSpans(readChunk(this.#db, chunk).bytes).walked;
    return trace.reduce((sum, row) => sum + (alive[row] === 0 ? 0 : 1), 0);
  }
}
