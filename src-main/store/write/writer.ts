import { statSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { fileBytes, lockDirectory, pathsIn, prepareDirectory, storedBytes, type StorePaths } from '../data-directory.ts';
import type { Append, NewImport, StoredCounts, TelemetryWriter } from '../interface.ts';
import { isDamage, isFull, isUnavailable, outward } from '../sqlite-errors.ts';
import { Ballast } from './ballast.ts';
import { ImportRemoval } from './import-removal.ts';
import { Ledger } from './ledger.ts';
import { openDatabase } from './open-database.ts';
import { Retention } from './retention.ts';
import { StoreState } from './store-state.ts';

/** A write-ahead log that has become this long is carried over at once, while everybody waits: whoever should have done it has not. */
const maxLogBytes = 256 * 2 ** 20;
/** It is kept small beside what may be stored at all. */
const logShare = 1 / 8;

export interface WriterOptions {
  /** The oldest records are dropped above this. */
  maxStoredBytes: number;
  /** Records that arrived longer ago are dropped; kept for ever where it is absent. */
  maxAgeMs?: number | undefined;
}

/** A writer; the store's own id, which no other store has; and in plain words what a person should know of how the store was found. */
export type OpenedWriter = TelemetryWriter & { readonly storeId: string; readonly notices: readonly string[] };

/**
 * Opens the store of a data directory for writing, and makes both where they are not there. One process at a time: `DataDirectoryInUseError`. A foreign or newer file
 * is refused untouched: `ForeignDatabaseError`, `NewerStoreError`.
 *
 * What "acknowledged" means: when `append` returns, its transaction is in the write-ahead log with `synchronous=NORMAL`, that is, with the operating system. It outlives this
 * process, kill -9 included. After a power failure or a crash of the operating system the last transactions may be missing, never a part of one, and the store says so when it
 * is opened next.
 */
export function openWriter(dataDirectory: string, options: WriterOptions): OpenedWriter {
  const paths = pathsIn(dataDirectory);
  prepareDirectory(dataDirectory);
  const unlock = lockDirectory(dataDirectory, paths.lock);
  let db: Database | undefined;
  try {
    const opened = openDatabase(paths);
    db = opened.db;
    return new SqliteWriter(db, paths, options, opened.notice, unlock);
  } catch (error) {
    db?.close();
    unlock();
    throw outward(error);
  }
}

class SqliteWriter implements OpenedWriter {
  readonly storeId: string;
  readonly notices: readonly string[];
  readonly #db: Database;
  readonly #paths: StorePaths;
  readonly #unlock: () => void;
  readonly #state: StoreState;
  readonly #ledger: Ledger;
  readonly #retention: Retention;
  readonly #removal: ImportRemoval;
  readonly #ballast: Ballast;
  readonly #maxLogBytes: number;
  readonly #savepoint;
  readonly #release;
  readonly #undo;

  constructor(db: Database, paths: StorePaths, options: WriterOptions, notice: string | undefined, unlock: () => void) {
    this.#db = db;
    this.#paths = paths;
    this.#unlock = unlock;
    this.#state = new StoreState(db);
    const lost = this.#state.load();
    this.#ledger = new Ledger(db, paths.acknowledged);
    this.storeId = this.#ledger.storeId;
    this.#ballast = new Ballast(paths.ballast, options.maxStoredBytes);
    this.#removal = new ImportRemoval(this.#state);
    this.#retention = new Retention(this.#state, paths, this.#ballast, options);
    this.#maxLogBytes = Math.min(maxLogBytes, options.maxStoredBytes * logShare);
    this.#savepoint = db.prepare('SAVEPOINT request');
    this.#release = db.prepare('RELEASE request');
    this.#undo = db.prepare('ROLLBACK TO request');
    this.#ballast.take();
    const unreadable = lost === 0 ? undefined : `A part of the store is damaged: ${lost} of the records that arrived last cannot be read.`;
    this.notices = [notice, this.#ledger.missing(), unreadable].filter((text) => text !== undefined);
  }

  append(batch: readonly Append[]): (Error | undefined)[] {
    try {
      // A file that has been deleted can still be written to, and everything in it is lost.
      statSync(this.#paths.database);
      this.#state.sealOverdue();
      const outcomes = this.#state.transact(() => {
        const each = batch.map((append) => this.#appendOne(append));
        this.#state.settle();
        return each;
      });
      this.#ledger.acknowledge();
      this.#tidy();
      return outcomes;
    } catch (error) {
      this.#failed(error);
      throw outward(error);
    }
  }

  prune(): boolean {
    try {
      return this.#state.seal() || this.#removal.goOn() || this.#retention.step();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.#failed(error);
      return false;
    }
  }

  counts(): StoredCounts {
    return { ...this.#state.counts(), bytes: storedBytes(this.#paths) };
  }

  pin(traceId: string, pinned: boolean): boolean {
    return this.#attempt(() => this.#retention.pin(Buffer.from(traceId, 'hex'), pinned));
  }

  beginImport(file: NewImport): number {
    return this.#attempt(() => this.#state.imports.begin(file));
  }

  recognizeImport(id: number, fileHash: Uint8Array): number | undefined {
    return this.#attempt(() => this.#state.imports.recognize(id, fileHash));
  }

  finishImport(id: number, report: string): void {
    this.#attempt(() => {
      this.#state.imports.finish(id, report);
      this.#state.sealImport(id);
      this.#state.imports.forgetEmpty();
    });
  }

  removeImport(id: number): boolean {
    return this.#attempt(() => this.#removal.remove(id));
  }

  close(): void {
    this.#db.close();
    this.#ledger.close();
    this.#unlock();
  }

  #attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      this.#failed(error);
      throw outward(error);
    }
  }

  /** In a savepoint, so that a request that fails leaves nothing behind and its neighbours alone. */
  #appendOne(append: Append): Error | undefined {
    if (this.#ledger.has(append.payloadHash)) return undefined;
    const mark = this.#state.mark();
    this.#savepoint.run();
    try {
      this.#ledger.add(append, this.#state.put(append.records, append.receivedNs, append.importId));
      this.#release.run();
      return undefined;
    } catch (error) {
      if (isUnavailable(error) || !this.#db.inTransaction) throw error;
      this.#undo.run();
      this.#release.run();
      this.#state.undo(mark);
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** What was appended is stored; if something is wrong here, the next append will meet it and say so. */
  #tidy(): void {
    try {
      this.#ballast.take();
      if (this.#ballast.tight) this.#retention.giveBack();
      else if (fileBytes(this.#paths.writeAheadLog) > this.#maxLogBytes) this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }

  #failed(error: unknown): void {
    if (isFull(error)) this.#retention.makeRoom();
    // Only the next start can move a damaged file aside.
    if (isDamage(error)) writeFileSync(this.#paths.damaged, 'Found damaged while in use.\n', { mode: 0o600 });
  }
}
