import { fileBytes, storedBytes, type StorePaths } from '../data-directory.ts';
import { isUnavailable } from '../sqlite-errors.ts';
import type { Ballast } from './ballast.ts';
import { Dropping, type DroppedUnit } from './dropping.ts';
import type { StoreState } from './store-state.ts';

/** How far dropping goes below what is allowed, so that it does not have to go on after every commit. */
const keptShare = 0.95;
const vacuumPages = 1_000;
/** Pages that hold nothing are used again by what comes next; more than this part of the file is given back. */
const spareShare = 0.25;

/** From here on a full disk is the store's doing. */
const ownShareOfDisk = 1 / 4;

const maxAgeCheckMs = 10_000;
/** How much too old something may become before it is noticed, as a part of the age. */
const ageSlack = 1 / 20;

export interface Limits {
  maxStoredBytes: number;
  maxAgeMs?: number | undefined;
}

/** Keeps the store below what is allowed in bytes and in age, and gives the room back to the file system. */
export class Retention {
  readonly #state: StoreState;
  readonly #paths: StorePaths;
  readonly #ballast: Ballast;
  readonly #limits: Limits;
  readonly #dropping: Dropping;
  readonly #pageCount;
  readonly #spareCount;
  readonly #pageBytes: number;
  /** While it is under way: the newest chunk at its beginning. What is newer was only carried over. */
  #dropUpTo: number | undefined;
  /** Everything below is pinned. */
  #undroppable = 0;
  #nextAgeCheckMs = 0;

  constructor(state: StoreState, paths: StorePaths, ballast: Ballast, limits: Limits) {
    this.#state = state;
    this.#paths = paths;
    this.#ballast = ballast;
    this.#limits = limits;
    this.#dropping = new Dropping(state);
    this.#pageCount = state.db.prepare<[], number>('PRAGMA page_count').pluck();
    this.#spareCount = state.db.prepare<[], number>('PRAGMA freelist_count').pluck();
    this.#pageBytes = Number(state.db.pragma('page_size', { simple: true }));
  }

  /** A bounded piece of work. Returns whether there is more to do now. */
  step(): boolean {
    return this.#dropTooOld() || this.#dropTooMuch() || this.#shrink();
  }

  pin(traceId: Uint8Array, pinned: boolean): boolean {
    return this.#dropping.pin(traceId, pinned);
  }

  /** Lets the file shrink by a bounded piece. What readers still look at is given back on a later call. Returns whether there is more to give back. */
  giveBack(): boolean {
    this.#state.db.pragma(`incremental_vacuum(${vacuumPages})`);
    this.#state.db.pragma('wal_checkpoint(TRUNCATE)');
    return (this.#spareCount.get() ?? 0) > 0;
  }

  /**
   * The disk is full. Gives up the ballast and, where the store itself has filled the disk, twice as much of what is oldest, so that the client that is told to try again
   * succeeds. A disk that others have filled costs nothing that is stored: they would take that room, too.
   */
  makeRoom(): void {
    this.#ballast.giveUp();
    try {
      this.giveBack();
      const filledIt = this.#usedBytes() >= this.#ballast.diskBytes * ownShareOfDisk;
      const target = filledIt ? this.#usedBytes() - 2 * this.#ballast.bytes : Infinity;
      const upTo = this.#dropping.newestChunk();
      while (this.#usedBytes() > target && this.#dropping.dropOldest(({ firstChunk }) => firstChunk <= upTo)) this.giveBack();
      this.#ballast.take();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }

  #dropTooOld(): boolean {
    const { maxAgeMs } = this.#limits;
    const now = Date.now();
    if (maxAgeMs === undefined || now < this.#nextAgeCheckMs) return false;
    const oldestNs = BigInt(Math.floor(now - maxAgeMs)) * 1_000_000n;
    const upTo = this.#dropping.newestChunk();
    if (this.#dropping.dropOldest((unit) => unit.firstChunk <= upTo && unit.newestNs() < oldestNs)) return true;
    this.#nextAgeCheckMs = now + Math.min(maxAgeCheckMs, maxAgeMs * ageSlack);
    return false;
  }

  #dropTooMuch(): boolean {
    const allowed = this.#limits.maxStoredBytes - this.#ballast.bytes;
    const used = this.#usedBytes();
    if (this.#dropUpTo === undefined) {
      const needed = Math.max(allowed - fileBytes(this.#paths.writeAheadLog), this.#undroppable);
      if (used <= needed) return false;
      this.#dropUpTo = this.#dropping.newestChunk();
    }
    const upTo = this.#dropUpTo;
    const isOld = ({ firstChunk }: DroppedUnit): boolean => firstChunk <= upTo;
    const target = this.#limits.maxStoredBytes * keptShare - this.#ballast.bytes;
    if (used > target && this.#dropping.dropOldest(isOld)) return true;
    this.#dropUpTo = undefined;
    // What is left is pinned, so it is of no use to try again before there is more.
    this.#undroppable = used > target ? used + this.#limits.maxStoredBytes * (1 - keptShare) : 0;
    return false;
  }

  #shrink(): boolean {
    const tooMuch = storedBytes(this.#paths) > this.#limits.maxStoredBytes;
    const spare = this.#spareCount.get() ?? 0;
    if (!tooMuch && spare <= Math.max(vacuumPages, (this.#pageCount.get() ?? 0) * spareShare)) return false;
    const before = storedBytes(this.#paths);
    return this.giveBack() && storedBytes(this.#paths) < before;
  }

  /** Bytes of the database that hold something. */
  #usedBytes(): number {
    return ((this.#pageCount.get() ?? 0) - (this.#spareCount.get() ?? 0)) * this.#pageBytes;
  }
}
