import { statSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { LogAppender } from './append-logs.ts';
import { SpanAppender } from './append-spans.ts';
import { Ballast } from './ballast.ts';
import { Counts } from './counts.ts';
import { lockDirectory, pathsIn, prepareDirectory, type StorePaths } from './data-directory.ts';
import type { Append, StoredCounts, TelemetryWriter } from './interface.ts';
import { Ledger } from './ledger.ts';
import { openDatabase } from './open-database.ts';
import { Retention } from './retention.ts';
import { Sources } from './sources.ts';
import { isDamage, isFull, isUnavailable, outward } from './sqlite-errors.ts';
import { TextQueue } from './text-queue.ts';

/** How far pruning goes below what is allowed, so that it does not have to run after every commit. */
const prunedShare = 0.95;

export interface WriterOptions {
  /** The oldest records are dropped above this. */
  maxStoredBytes: number;
}

/** A writer, and in plain words what a person should know of how the store was found. */
export type OpenedWriter = TelemetryWriter & { readonly notices: readonly string[] };

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
    return new SqliteWriter(db, paths, options, opened.movedTo, unlock);
  } catch (error) {
    db?.close();
    unlock();
    throw outward(error);
  }
}

class SqliteWriter implements OpenedWriter {
  readonly notices: readonly string[];
  readonly #db: Database;
  readonly #paths: StorePaths;
  readonly #maxStoredBytes: number;
  readonly #unlock: () => void;
  readonly #sources: Sources;
  readonly #texts: readonly TextQueue[];
  readonly #spans: SpanAppender;
  readonly #logs: LogAppender;
  readonly #ledger: Ledger;
  readonly #counts: Counts;
  readonly #retention: Retention;
  readonly #ballast: Ballast;
  readonly #savepoint;
  readonly #release;
  readonly #undo;
  #pruning = false;

  constructor(db: Database, paths: StorePaths, { maxStoredBytes }: WriterOptions, movedTo: string | undefined, unlock: () => void) {
    this.#db = db;
    this.#paths = paths;
    this.#maxStoredBytes = maxStoredBytes;
    this.#unlock = unlock;
    this.#sources = new Sources(db);
    const spanTexts = new TextQueue(db, 'span_text');
    const logTexts = new TextQueue(db, 'log_text');
    this.#texts = [spanTexts, logTexts];
    this.#spans = new SpanAppender(db, this.#sources, spanTexts);
    this.#logs = new LogAppender(db, this.#sources, logTexts);
    this.#ledger = new Ledger(db, paths.acknowledged);
    this.#counts = new Counts(db, paths);
    this.#retention = new Retention(db);
    this.#ballast = new Ballast(paths.ballast, maxStoredBytes);
    this.#savepoint = db.prepare('SAVEPOINT request');
    this.#release = db.prepare('RELEASE request');
    this.#undo = db.prepare('ROLLBACK TO request');
    this.#ballast.take();
    this.notices = [movedTo && `The store was damaged. It was moved to ${movedTo}, and a new one begun.`, this.#ledger.missing()].filter(
      (notice) => notice !== undefined,
    );
  }

  append(batch: readonly Append[]): (Error | undefined)[] {
    try {
      // A file that has been deleted can still be written to, and everything in it is lost.
      statSync(this.#paths.database);
      const outcomes = this.#db.transaction(() => this.#appendAll(batch)).immediate();
      this.#ledger.acknowledge();
      this.#prepareForFullDisk();
      return outcomes;
    } catch (error) {
      this.#forgetUncommitted();
      this.#failed(error);
      throw outward(error);
    }
  }

  prune(): boolean {
    if (!this.#pruning && this.#counts.bytes() <= this.#maxStoredBytes) return false;
    try {
      const target = this.#maxStoredBytes * prunedShare - this.#ballast.bytes;
      const deleted = this.#retention.usedBytes() > target && this.#deleteOldest();
      const moreToGiveBack = this.#retention.giveBack();
      this.#pruning = moreToGiveBack || (deleted && this.#retention.usedBytes() > target);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.#pruning = false;
      this.#failed(error);
    }
    return this.#pruning;
  }

  counts(): StoredCounts {
    return this.#counts.read();
  }

  close(): void {
    this.#db.close();
    this.#ledger.close();
    this.#unlock();
  }

  #appendAll(batch: readonly Append[]): (Error | undefined)[] {
    const outcomes = batch.map((append) => this.#appendOne(append));
    for (const texts of this.#texts) texts.write();
    return outcomes;
  }

  /** In a savepoint, so that a request that fails leaves nothing behind and its neighbours alone. */
  #appendOne(append: Append): Error | undefined {
    if (this.#ledger.has(append.payloadHash)) return undefined;
    const queued = this.#texts.map((texts) => texts.length);
    this.#savepoint.run();
    try {
      const { records, receivedNs } = append;
      const arrival = { batch: this.#ledger.next(), receivedNs };
      const count =
        records.signal === 'traces'
          ? this.#spans.append(records.decoded.groups, arrival)
          : this.#logs.append(records.decoded.groups, arrival);
      this.#ledger.add(arrival.batch, append, count);
      this.#release.run();
      return undefined;
    } catch (error) {
      if (isUnavailable(error) || !this.#db.inTransaction) throw error;
      this.#undo.run();
      this.#release.run();
      this.#sources.forget();
      for (const [index, texts] of this.#texts.entries()) texts.cutBack(queued[index] ?? 0);
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #forgetUncommitted(): void {
    this.#sources.forget();
    for (const texts of this.#texts) texts.cutBack(0);
  }

  #deleteOldest(): boolean {
    const deleted = this.#retention.deleteOldest();
    // Sources that nothing refers to any more went with it.
    this.#sources.forget();
    return deleted;
  }

  #prepareForFullDisk(): void {
    try {
      this.#ballast.take();
      if (this.#ballast.tight) this.#retention.giveBack();
    } catch (error) {
      // What was appended is stored; the next append will meet what is wrong and say so.
      if (!isUnavailable(error)) throw error;
    }
  }

  /** The disk is full. Gives up the ballast and twice as much of what is oldest, so that the client that is told to try again succeeds. */
  #makeRoom(): void {
    this.#ballast.giveUp();
    try {
      this.#retention.giveBack();
      const target = this.#retention.usedBytes() - 2 * this.#ballast.bytes;
      while (this.#retention.usedBytes() > target && this.#deleteOldest()) this.#retention.giveBack();
      this.#ballast.take();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.#sources.forget();
    }
  }

  #failed(error: unknown): void {
    if (isFull(error)) this.#makeRoom();
    // Only the next start can move a damaged file aside.
    if (isDamage(error)) writeFileSync(this.#paths.damaged, 'Found damaged while in use.\n', { mode: 0o600 });
  }
}
