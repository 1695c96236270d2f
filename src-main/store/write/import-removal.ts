import type { Database } from 'better-sqlite3';
import { readChunk } from '../chunk-rows.ts';
import { readLogEntry } from '../index/log-entry.ts';
import { sumTraces, type TraceSum } from '../trace-sum.ts';
import { storedSources } from './check-groups.ts';
import { uncount } from './dropping.ts';
import { logsOfTraces, spanFactsOf, type SpanFacts } from './facts.ts';
import { logKind, spanKind } from './kinds.ts';
import type { StoredGroup } from './group-rows.ts';
import { SourceChanges } from './source-counters.ts';
import type { StoreState } from './store-state.ts';
import { TraceLogRows } from './trace-log-rows.ts';

/** Takes out what came with a file: its groups and its unsealed chunks, one a transaction, with everything that is derived from them. */
export class ImportRemoval {
  readonly #db: Database;
  readonly #state: StoreState;
  readonly #traceLogs: TraceLogRows;
  readonly #deletes;

  constructor(state: StoreState) {
    this.#db = state.db;
    this.#state = state;
    this.#traceLogs = new TraceLogRows(state.db);
    this.#deletes = ['chunk WHERE id', 'log_chunk WHERE chunk'].map((place) => state.db.prepare<[number]>(`DELETE FROM ${place} = ?`));
  }

  /** Says that it is to go, which outlives this process, and takes out a piece of it. Returns whether there is more. */
  remove(importId: number): boolean {
    return this.#state.transact(() => this.#state.imports.startRemoval(importId)) && this.#step(importId);
  }

  /** Goes on with one that is to go. Returns whether there is more. */
  goOn(): boolean {
    const [importId] = this.#state.imports.removing();
    return importId !== undefined && (this.#step(importId) || this.#state.imports.removing().length > 0);
  }

  #step(importId: number): boolean {
    const { groups, spans, logs } = this.#state;
    const spanGroup = groups.anyOf(importId, 'traces');
    if (spanGroup !== undefined) return this.#transact(() => this.#removeSpanGroup(spanGroup));
    const logGroup = groups.anyOf(importId, 'logs');
    if (logGroup !== undefined) return this.#transact(() => this.#removeLogGroup(logGroup));
    const spanChunks = spans.chunks.filter((chunk) => chunk.importId === importId);
    const logChunks = logs.chunks.filter((chunk) => chunk.importId === importId);
    this.#transact(() => {
      const last = spanChunks.reduce((ordinal, { facts }) => Math.max(ordinal, facts.lastOrdinal), 0);
      this.#state.imports.keepOrdinal(last);
      for (const chunk of spanChunks) spans.discard(chunk);
      for (const chunk of logChunks) logs.discard(chunk);
      this.#state.imports.delete(importId);
    });
    this.#unpinGone();
    return false;
  }

  #transact(work: () => void): true {
    this.#state.transact(() => {
      this.#state.refreshAfterwards();
      work();
      this.#state.deleteUnusedSources();
    });
    this.#state.sources.forget();
    return true;
  }

  #removeSpanGroup({ id, chunks, lastOrdinal }: StoredGroup): void {
    const { lifetimes, groups, counters, imports } = this.#state;
    const changes = new SourceChanges();
    const facts = [...chunks].map((chunk) => this.#factsOf(chunk));
    const sums = sumTraces(facts, (ordinal) => lifetimes.isAlive(ordinal));
    const gone = new Set(chunks);
    for (const [ordinal, less] of sums) {
      for (const [source, spans, errors] of less.sources) changes.add(source, { spans: -spans, errors: -errors });
      this.#takeOutOfTrace(ordinal, less, gone, facts);
    }
    imports.keepOrdinal(lastOrdinal);
    groups.delete(id);
    this.#deleteChunks(chunks);
    counters.write(changes);
  }

  #takeOutOfTrace(ordinal: number, less: TraceSum, gone: ReadonlySet<number>, facts: readonly SpanFacts[]): void {
    const { traces, ordinals } = this.#state;
    const stored = traces.read(ordinal);
    if (stored === undefined) throw new Error('A trace is sealed without its row.');
    stored.chunks = stored.chunks.filter((chunk) => !gone.has(chunk));
    if (stored.sum.spanCount > less.spanCount) {
      // Its times and its root may have been those of a span that goes.
      const rest = sumTraces(
        stored.chunks.map((chunk) => this.#factsOf(chunk)),
        (other) => other === ordinal,
      ).get(ordinal);
      if (rest === undefined) throw new Error('A trace has no spans in the chunks that it names.');
      traces.update(ordinal, { ...stored, sum: rest });
      return;
    }
    traces.delete(ordinal);
    traces.addToCount(-1);
    const id = idOf(ordinal, facts);
    this.#state.afterwards(() => {
      ordinals.setSealed(id, ordinal, false);
      ordinals.forget(id);
    });
  }

  #removeLogGroup({ id, chunks }: StoredGroup): void {
    const { groups, counters } = this.#state;
    const changes = new SourceChanges();
    for (const chunk of chunks) this.#traceLogs.subtract(logsOfTraces(logKind.pieceOf(readChunk(this.#db, chunk)).walked), chunk);
    for (const entry of groups.entries(id)) uncount(readLogEntry(entry), changes);
    groups.delete(id);
    this.#deleteChunks(chunks);
    counters.write(changes);
  }

  #deleteChunks(chunks: Iterable<number>): void {
    for (const chunk of chunks) for (const statement of this.#deletes) statement.run(chunk);
  }

  #factsOf(chunk: number): SpanFacts {
    const piece = spanKind.pieceOf(readChunk(this.#db, chunk));
    return spanFactsOf(piece, storedSources(this.#db, piece.walked.sources), false);
  }

  /** A pin keeps what is there; of some traces nothing is any more. */
  #unpinGone(): void {
    const { lifetimes, ordinals } = this.#state;
    const gone = [...lifetimes.pinned].filter(([ordinal, id]) => ordinals.find(Buffer.from(id, 'hex')) !== ordinal);
    if (gone.length === 0) return;
    this.#transact(() => {
      for (const [ordinal, id] of gone) lifetimes.setPinned(Buffer.from(id, 'hex'), ordinal, false);
    });
  }
}

function idOf(ordinal: number, facts: readonly SpanFacts[]): Uint8Array {
  for (const { ordinals, ids } of facts) {
    const row = ordinals.indexOf(ordinal);
    if (row >= 0) return ids.slice(row * 16, row * 16 + 16);
  }
  throw new Error('A trace is in none of its chunks.');
}
