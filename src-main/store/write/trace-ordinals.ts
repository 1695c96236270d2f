import type { Database } from 'better-sqlite3';
import type { Lifetimes } from './lifetimes.ts';

/** Sealed traces whose ordinals are remembered: twice as many at most. One that goes on is asked for again within seconds. */
const maxRecent = 50_000;

/** A trace of which spans are in unsealed chunks. */
interface OpenTrace {
  ordinal: number;
  /** How many unsealed chunks have spans of it. */
  chunks: number;
  /** Whether it has a row in `trace`. */
  sealed: boolean;
}

/** Trace ids as 16 bytes each, one after the other, with the ordinal of each. */
export interface KnownTraces {
  ids: Uint8Array;
  ordinals: Uint32Array;
}

/**
 * Gives each trace its place in the order of arrival. Every trace of an unsealed chunk is known here, because no table says which ordinal it has; of sealed traces the last ones
 * are, and `trace` knows the others.
 */
export class TraceOrdinals {
  readonly #open = new Map<string, OpenTrace>();
  /** Given in the transaction that runs, in order. */
  readonly #given = new Map<string, number>();
  #recent = new Map<string, number>();
  #older = new Map<string, number>();
  readonly #lifetimes: Lifetimes;
  readonly #find;
  #next = 1;
  #withoutRow = 0;

  constructor(db: Database, lifetimes: Lifetimes) {
    this.#lifetimes = lifetimes;
    this.#find = db.prepare<[Uint8Array], number>('SELECT ordinal FROM trace WHERE trace_id = ?').pluck();
  }

  /** At the start: ordinals up to this one were given before. */
  skipTo(ordinal: number): void {
    if (this.#next <= ordinal) this.#next = ordinal + 1;
  }

  /** Traces of unsealed chunks that have no row in `trace`. */
  get withoutRow(): number {
    return this.#withoutRow;
  }

  /** New ones are given for good by `keep`, and taken back by `undo`. */
  resolve(ids: Uint8Array, count: number): Uint32Array {
    const ordinals = new Uint32Array(count);
    for (let trace = 0; trace < count; trace += 1) {
      const key = keyOf(ids, trace);
      ordinals[trace] = this.#known(key) ?? this.#stored(key, ids, trace) ?? this.#give(key);
    }
    return ordinals;
  }

  /** `undefined` for a trace of which nothing is stored. */
  find(id: Uint8Array): number | undefined {
    return this.#known(keyOf(id, 0)) ?? this.#find.get(id);
  }

  get given(): number {
    return this.#given.size;
  }

  /** Takes back what was given since `given` was so many. */
  undo(given: number): void {
    const late = [...this.#given.keys()].slice(given);
    for (const key of late) this.#given.delete(key);
    this.#next -= late.length;
  }

  /** The transaction is committed. To be called before `hold`. */
  keep(): void {
    for (const [key, ordinal] of this.#given) this.#open.set(key, { ordinal, chunks: 0, sealed: false });
    this.#withoutRow += this.#given.size;
    this.#given.clear();
  }

  /** An unsealed chunk has spans of these traces. `isSealed`: whether one that is not known yet has a row in `trace`. */
  hold({ ids, ordinals }: KnownTraces, isSealed: (ordinal: number) => boolean): void {
    for (const [trace, ordinal] of ordinals.entries()) {
      if (!this.#lifetimes.isAlive(ordinal)) continue;
      const key = keyOf(ids, trace);
      const open = this.#open.get(key);
      if (open?.ordinal === ordinal) {
        open.chunks += 1;
        continue;
      }
      const sealed = isSealed(ordinal);
      this.#open.set(key, { ordinal, chunks: 1, sealed });
      if (!sealed) this.#withoutRow += 1;
    }
  }

  /** The chunk is sealed, merged into another, or gone. */
  release({ ids, ordinals }: KnownTraces): void {
    for (const [trace, ordinal] of ordinals.entries()) {
      const key = keyOf(ids, trace);
      const open = this.#open.get(key);
      if (open?.ordinal !== ordinal) continue;
      open.chunks -= 1;
      if (open.chunks > 0) continue;
      this.#open.delete(key);
      if (open.sealed) this.#remember(key, ordinal);
      else this.#withoutRow -= 1;
    }
  }

  /** Whether the trace has a row in `trace`, where it is known here. */
  isSealed(id: Uint8Array): boolean | undefined {
    return this.#open.get(keyOf(id, 0))?.sealed;
  }

  setSealed(id: Uint8Array, ordinal: number, sealed: boolean): void {
    const open = this.#open.get(keyOf(id, 0));
    if (open?.ordinal !== ordinal || open.sealed === sealed) return;
    open.sealed = sealed;
    this.#withoutRow += sealed ? -1 : 1;
  }

  /** Some traces are gone: what comes of them begins them anew. */
  forgetGone(): void {
    for (const [key, { ordinal, sealed }] of this.#open) {
      if (this.#lifetimes.isAlive(ordinal)) continue;
      this.#open.delete(key);
      if (!sealed) this.#withoutRow -= 1;
    }
    for (const [key, ordinal] of this.#recent) if (!this.#lifetimes.isAlive(ordinal)) this.#recent.delete(key);
    this.#older.clear();
  }

  /** Nothing of the trace is stored any more: what comes of it begins it anew. */
  forget(id: Uint8Array): void {
    const key = keyOf(id, 0);
    this.#recent.delete(key);
    this.#older.delete(key);
  }

  #known(key: string): number | undefined {
    return this.#open.get(key)?.ordinal ?? this.#given.get(key) ?? this.#recent.get(key) ?? this.#older.get(key);
  }

  #stored(key: string, ids: Uint8Array, trace: number): number | undefined {
    const ordinal = this.#find.get(ids.subarray(trace * 16, trace * 16 + 16));
    if (ordinal !== undefined) this.#remember(key, ordinal);
    return ordinal;
  }

  #give(key: string): number {
    const ordinal = this.#next;
    this.#given.set(key, ordinal);
    this.#next += 1;
    return ordinal;
  }

  #remember(key: string, ordinal: number): void {
    if (this.#recent.size >= maxRecent) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, ordinal);
  }
}

/** One character a byte: the cheapest key that a map takes. */
function keyOf(ids: Uint8Array, trace: number): string {
  return Buffer.prototype.latin1Slice.call(ids, trace * 16, trace * 16 + 16);
}
