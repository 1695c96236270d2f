import Database from 'better-sqlite3';
import { fileBytes, pathsIn } from '../data-directory.ts';
import { isUnavailable, outward } from '../sqlite-errors.ts';

/** Up to here the rest is carried over while commits wait, so that the log can begin anew; more would keep them waiting too long. */
const maxBlockingBytes = 4 * 2 ** 20;
const maxRounds = 3;
/** A log file that has grown beyond this is cut back when it begins anew. */
const maxKeptLogBytes = 64 * 2 ** 20;

/** Carries the write-ahead log over into the database, on a thread of its own: that is two thirds of what storing costs the disk, and no client has to wait for it. */
export interface Checkpointer {
  /** Carries over what is there. Returns the bytes of the log that are still to be carried over: because readers look at them, commits go on, or the disk is full. */
  run(): number;
  close(): void;
}

/** Of a store that a writer has open. Throws `StoreUnavailableError`. */
export function openCheckpointer(dataDirectory: string): Checkpointer {
  const paths = pathsIn(dataDirectory);
  try {
    return new SqliteCheckpointer(new Database(paths.database, { fileMustExist: true }), paths.writeAheadLog);
  } catch (error) {
    throw outward(error);
  }
}

class SqliteCheckpointer implements Checkpointer {
  readonly #db: Database.Database;
  readonly #logPath: string;
  readonly #pageBytes: number;

  constructor(db: Database.Database, logPath: string) {
    this.#db = db;
    this.#logPath = logPath;
    db.pragma('synchronous = NORMAL');
    db.pragma('busy_timeout = 100');
    this.#pageBytes = Number(db.pragma('page_size', { simple: true }));
  }

  run(): number {
    // What is committed meanwhile is less each time.
    let left = this.#checkpoint('PASSIVE');
    for (let again = 0; again < maxRounds && left > maxBlockingBytes; again += 1) left = this.#checkpoint('PASSIVE');
    if (left > maxBlockingBytes || fileBytes(this.#logPath) === 0) return left;
    return this.#checkpoint(fileBytes(this.#logPath) > maxKeptLogBytes ? 'TRUNCATE' : 'RESTART');
  }

  close(): void {
    this.#db.close();
  }

  #checkpoint(mode: 'PASSIVE' | 'RESTART' | 'TRUNCATE'): number {
    try {
      const [result] = this.#db.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }];
      return Math.max(0, result.log - result.checkpointed) * this.#pageBytes;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      return fileBytes(this.#logPath);
    }
  }
}
