import type { Database } from 'better-sqlite3';
import { fileBytes, type StorePaths } from './data-directory.ts';
import type { StoredCounts } from './interface.ts';

/** How much is stored. Cheap enough to be asked after every commit: the sources, of which there are few, carry counters. */
export class Counts {
  readonly #paths: StorePaths;
  readonly #traces;
  readonly #records;

  constructor(db: Database, paths: StorePaths) {
    this.#paths = paths;
    this.#traces = db.prepare<[], number>('SELECT count(*) FROM trace').pluck();
    this.#records = db.prepare<[], { spans: number; logs: number }>(
      'SELECT coalesce(sum(span_count), 0) AS spans, coalesce(sum(log_count), 0) AS logs FROM source',
    );
  }

  read(): StoredCounts {
    const { spans, logs } = this.#records.get() ?? { spans: 0, logs: 0 };
    return { traces: this.#traces.get() ?? 0, spans, logs, bytes: this.bytes() };
  }

  bytes(): number {
    const { database, writeAheadLog, sharedMemory, ballast } = this.#paths;
    return [database, writeAheadLog, sharedMemory, ballast].reduce((sum, path) => sum + fileBytes(path), 0);
  }
}
