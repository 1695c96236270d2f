import type { Database } from 'better-sqlite3';
import type { AppendedRecords } from '../interface.ts';
import { chunksPerGroup, signalCode } from '../schema.ts';
import { isUnavailable } from '../sqlite-errors.ts';
import { Sources } from '../sources.ts';
import { GroupRows } from './group-rows.ts';
import { logKind, spanKind, type LogChunk, type LogShelf, type SpanChunk, type SpanShelf } from './kinds.ts';
import { ImportRows } from './import-rows.ts';
import { Lifetimes } from './lifetimes.ts';
import { Sealing } from './seal.ts';
import { Shelf } from './shelf.ts';
import { SourceCounters } from './source-counters.ts';
import { TraceOrdinals } from './trace-ordinals.ts';
import { TraceRows } from './trace-rows.ts';

/** So many full chunks of a signal may wait to be sealed after a commit; then a commit waits until they are. */
const maxFullChunks = 2 * chunksPerGroup;

/** What is undone with a savepoint. */
export interface Mark {
  spans: ReturnType<SpanShelf['mark']>;
  logs: ReturnType<LogShelf['mark']>;
  given: number;
  nextLog: number;
}

/** The tables of a store together with what the writer knows of them in memory. Both change in `transact`, or neither does. */
export class StoreState {
  readonly db: Database;
  readonly sources: Sources;
  readonly lifetimes: Lifetimes;
  readonly ordinals: TraceOrdinals;
  readonly spans: SpanShelf;
  readonly logs: LogShelf;
  readonly groups: GroupRows;
  readonly traces: TraceRows;
  readonly counters: SourceCounters;
  readonly imports: ImportRows;
  readonly #sealing: Sealing;
  readonly #writeNextLog;
  #afterwards: (() => void)[] = [];
  #nextLog: number;
  #storedNextLog: number;
  #traceCount: number;

  /** `load` takes up what is unsealed. */
  constructor(db: Database) {
    this.db = db;
    this.sources = new Sources(db);
    this.lifetimes = new Lifetimes(db);
    this.ordinals = new TraceOrdinals(db, this.lifetimes);
    this.spans = new Shelf(db, this.sources, spanKind);
    this.logs = new Shelf(db, this.sources, logKind);
    this.groups = new GroupRows(db);
    this.traces = new TraceRows(db);
    this.counters = new SourceCounters(db);
    this.imports = new ImportRows(db);
    this.#sealing = new Sealing(db, this);
    this.#writeNextLog = db.prepare<[number]>('UPDATE store SET next_log = ?');
    this.#nextLog = db.prepare<[], number>('SELECT next_log FROM store').pluck().get() ?? 1;
    this.#storedNextLog = this.#nextLog;
    this.#traceCount = this.traces.count();
    this.ordinals.skipTo(Math.max(this.lifetimes.horizon, this.traces.lastOrdinal(), this.imports.lastOrdinal()));
  }

  /** Takes up the unsealed chunks, and seals those that are many too many. Returns how many records are in chunks that cannot be read, which are not shown any more. */
  load(): number {
    let lost = 0;
    const chunks = this.db
      .prepare<[], { chunk: number; signal: number; records: number }>(
        'SELECT chunk, signal, record_count AS records FROM unsealed ORDER BY chunk',
      )
      .all();
    for (const { chunk, signal, records } of chunks) {
      // Sources are found again, or made where the store is being indexed anew.
      if (!this.transact(() => this.#take(chunk, signal))) lost += records;
      this.sealOverdue();
    }
    this.imports.interruptAll();
    for (const importId of new Set([...this.spans.chunks, ...this.logs.chunks].map((chunk) => chunk.importId)))
      if (importId !== 0) this.sealImport(importId);
    return lost;
  }

  /** Seals groups while so many chunks wait that memory, and the next start, would feel it. */
  sealOverdue(): void {
    while (Math.max(this.spans.fullCount, this.logs.fullCount) > maxFullChunks && this.seal());
  }

  /** Runs `work` in a transaction of its own. Where it throws, nothing has happened. */
  transact<Result>(work: () => Result): Result {
    try {
      const result = this.db.transaction(work).immediate();
      this.#keep();
      return result;
    } catch (error) {
      this.#drop();
      throw error;
    }
  }

  /** Inside a transaction. Returns how many records there were. */
  put(records: AppendedRecords, receivedNs: bigint, importId = 0): number {
    let count = 0;
    if (records.signal === 'traces') {
      for (const walked of records.pieces) {
        const ordinals = this.ordinals.resolve(walked.traceIds, walked.traceCount);
        this.spans.put({
          walked,
          importId,
          arrivals: { ordinals, receivedNs: new BigUint64Array(ordinals.length).fill(receivedNs), newestNs: receivedNs },
        });
        count += walked.count;
      }
    } else {
      for (const walked of records.pieces) {
        this.logs.put({ walked, importId, runs: [{ firstId: this.#nextLog, count: walked.count, receivedNs }] });
        this.#nextLog += walked.count;
        count += walked.count;
      }
    }
    return count;
  }

  /** Inside a transaction, when all is `put`. */
  settle(): void {
    this.spans.settle();
    this.logs.settle();
    if (this.#nextLog !== this.#storedNextLog) this.#writeNextLog.run(this.#nextLog);
  }

  mark(): Mark {
    return { spans: this.spans.mark(), logs: this.logs.mark(), given: this.ordinals.given, nextLog: this.#nextLog };
  }

  /** Back to `mark`, together with a savepoint. */
  undo({ spans, logs, given, nextLog }: Mark): void {
    this.spans.undo(spans);
    this.logs.undo(logs);
    this.ordinals.undo(given);
    this.sources.forget();
    this.#nextLog = nextLog;
  }

  /** Seals one group, in a transaction of its own. Returns whether there was one. */
  seal(): boolean {
    const spans = this.spans.due();
    return this.#sealGroup(spans, spans.length > 0 ? [] : this.logs.due());
  }

  /** Seals all chunks of an import, of which nothing more comes, a group a transaction: not one file keeps chunks unsealed for good. */
  sealImport(importId: number): void {
    this.transact(() => {
      this.spans.complete(importId);
      this.logs.complete(importId);
    });
    while (this.#sealGroup(this.spans.dueOf(importId), []));
    while (this.#sealGroup([], this.logs.dueOf(importId)));
  }

  #sealGroup(spans: SpanChunk[], logs: LogChunk[]): boolean {
    if (spans.length === 0 && logs.length === 0) return false;
    this.transact(() => {
      this.refreshAfterwards();
      if (spans.length > 0) {
        this.afterwards(this.#sealing.sealSpans(spans));
        this.spans.unshelve(spans);
      } else {
        this.#sealing.sealLogs(logs);
        this.logs.unshelve(logs);
      }
    });
    return true;
  }

  /** What is to be done when the transaction that runs is committed. */
  afterwards(action: () => void): void {
    this.#afterwards.push(action);
  }

  /** Says, inside a transaction, that it changes sums of what is sealed, the horizon or pins. */
  refreshAfterwards(): void {
    this.afterwards(() => {
      this.counters.refresh();
      this.lifetimes.refresh();
      this.ordinals.forgetGone();
      this.#traceCount = this.traces.count();
    });
  }

  /** Inside a transaction that has dropped chunks. */
  deleteUnusedSources(): void {
    const used = new Set([...this.spans.sourceIds(), ...this.logs.sourceIds()]);
    this.counters.deleteUnused((source) => used.has(source));
  }

  /** Traces, spans and log records that live, sealed or not. */
  counts(): { traces: number; spans: number; logs: number } {
    const { spans, logs } = this.counters.sums;
    return {
      traces: this.#traceCount + this.ordinals.withoutRow,
      spans: this.spans.chunks.reduce((sum, chunk) => sum + this.#livingSpans(chunk), spans),
      logs: this.logs.chunks.reduce((sum, { recordCount }) => sum + recordCount, logs),
    };
  }

  #take(chunk: number, signal: number): boolean {
    try {
      if (signal === signalCode.logs) this.logs.load(chunk);
      else {
        const { facts } = this.spans.load(chunk);
        this.ordinals.skipTo(facts.lastOrdinal);
        this.ordinals.hold(facts, (ordinal) => this.traces.has(ordinal));
      }
      return true;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.db.prepare('DELETE FROM unsealed WHERE chunk = ?').run(chunk);
      return false;
    }
  }

  #livingSpans({ recordCount, facts }: SpanChunk): number {
    if (facts.firstOrdinal > this.lifetimes.horizon) return recordCount;
    const alive = facts.ordinals.map((ordinal) => (this.lifetimes.isAlive(ordinal) ? 1 : 0));
    return facts.columns.trace.reduce((sum, trace) => sum + (alive[trace] ?? 0), 0);
  }

  #keep(): void {
    this.ordinals.keep();
    for (const action of this.#afterwards) action();
    this.#afterwards = [];
    const { added, removed } = this.spans.keep();
    for (const { facts } of added) this.ordinals.hold(facts, (ordinal) => this.traces.has(ordinal));
    for (const { facts } of removed) this.ordinals.release(facts);
    this.logs.keep();
    this.#storedNextLog = this.#nextLog;
  }

  #drop(): void {
    this.#afterwards = [];
    this.spans.drop();
    this.logs.drop();
    this.ordinals.undo(0);
    this.sources.forget();
    this.#nextLog = this.#storedNextLog;
  }
}
