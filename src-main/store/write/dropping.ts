import { logRuns, readChunk, traceArrivals } from '../chunk-rows.ts';
import { readLogEntry } from '../index/log-entry.ts';
import { carriedLogs, carriedSpans } from './carry-over.ts';
import { logsOfTraces, spanFactsOf } from './facts.ts';
import type { LogChunk, SpanChunk } from './kinds.ts';
import { logKind } from './kinds.ts';
import type { LogPiece, SpanPiece } from './pieces.ts';
import type { signalCode } from '../schema.ts';
import { SourceChanges } from './source-counters.ts';
import type { StoreState } from './store-state.ts';
import { TraceLogRows } from './trace-log-rows.ts';
import { subtractSum, sumTraces, type TraceSum } from '../trace-sum.ts';

type Signal = keyof typeof signalCode;

/** What is dropped as a whole: a sealed group, or a chunk that is not sealed. */
export interface DroppedUnit {
  /** The oldest of its chunks. */
  firstChunk: number;
  /** When the last of it arrived, in nanoseconds since the Unix epoch. */
  newestNs(): bigint;
}

interface Unit extends DroppedUnit {
  chunks: readonly number[];
}

interface Group<Kind> extends Unit {
  kind: Kind;
  group: number;
  lastOrdinal: number;
}

interface Unsealed<Kind, Chunk> extends Unit {
  kind: Kind;
  shelved: Chunk;
}

type SpanUnit = Group<'span group'> | Unsealed<'span chunk', SpanChunk>;
type LogUnit = Group<'log group'> | Unsealed<'log chunk', LogChunk>;

/** Drops what arrived first, with everything that is derived from it. What is pinned is carried over into a new chunk. */
export class Dropping {
  readonly #state: StoreState;
  readonly #traceLogs: TraceLogRows;
  readonly #statements;

  constructor(state: StoreState) {
    const { db } = state;
    this.#state = state;
    this.#traceLogs = new TraceLogRows(db);
    this.#statements = {
      newestChunk: db.prepare<[], number>('SELECT max(id) FROM chunk').pluck(),
      arrival: db.prepare<[number], { arrival: Buffer; received: Buffer }>('SELECT arrival, received FROM chunk WHERE id = ?'),
      deleteOlder: db.prepare<[number]>('DELETE FROM chunk WHERE id < ?'),
      deleteSealed: ['chunk WHERE id', 'log_chunk WHERE chunk'].map((place) => db.prepare<[number]>(`DELETE FROM ${place} = ?`)),
    };
  }

  newestChunk(): number {
    return this.#statements.newestChunk.get() ?? 0;
  }

  /** In a transaction of its own. Returns false where there is nothing, or the oldest is to stay. */
  dropOldest(isToGo: (unit: DroppedUnit) => boolean): boolean {
    const unit = this.#oldest();
    if (unit === undefined || !isToGo(unit)) return false;
    this.#state.transact(() => {
      this.#state.refreshAfterwards();
      if (unit.kind === 'span group' || unit.kind === 'span chunk') this.#dropSpans(unit);
      else this.#dropLogs(unit);
      this.#state.settle();
    });
    // Sources that nothing refers to any more may have gone with it.
    this.#state.sources.forget();
    return true;
  }

  /** False where no span of the trace is stored. A trace that only its pin kept goes with it. */
  pin(traceId: Uint8Array, pinned: boolean): boolean {
    const { ordinals, lifetimes } = this.#state;
    const ordinal = ordinals.find(traceId);
    if (ordinal === undefined) return false;
    this.#state.transact(() => {
      this.#state.refreshAfterwards();
      lifetimes.setPinned(traceId, ordinal, pinned);
      if (pinned || ordinal > lifetimes.horizon) return;
      const changes = new SourceChanges();
      this.#deleteTraces([ordinal], changes);
      this.#state.counters.write(changes);
    });
    return true;
  }

  #oldest(): SpanUnit | LogUnit | undefined {
    const [spanChunk] = this.#state.spans.chunks;
    const [logChunk] = this.#state.logs.chunks;
    const units = [
      this.#oldestGroup('traces', 'span group'),
      this.#oldestGroup('logs', 'log group'),
      spanChunk && { kind: 'span chunk' as const, shelved: spanChunk, ...this.#unit('traces', [spanChunk.id]) },
      logChunk && { kind: 'log chunk' as const, shelved: logChunk, ...this.#unit('logs', [logChunk.id]) },
    ];
    return units.filter((unit) => unit !== undefined).toSorted((a, b) => a.firstChunk - b.firstChunk)[0];
  }

  #oldestGroup<Kind extends 'span group' | 'log group'>(signal: Signal, kind: Kind): Group<Kind> | undefined {
    const group = this.#state.groups.oldest(signal);
    return group && { kind, group: group.id, lastOrdinal: group.lastOrdinal, ...this.#unit(signal, [...group.chunks]) };
  }

  /** Of a group the newest chunk was the last to arrive. */
  #unit(signal: Signal, chunks: readonly number[]): Unit {
    return { chunks, firstChunk: chunks[0] ?? 0, newestNs: () => this.#newestNs(signal, chunks.at(-1) ?? 0) };
  }

  #newestNs(signal: Signal, chunk: number): bigint {
    const row = this.#statements.arrival.get(chunk);
    if (row === undefined) return 0n;
    if (signal === 'traces') return traceArrivals(row).newestNs;
    return logRuns(row.arrival).reduce((newest, { receivedNs }) => (receivedNs > newest ? receivedNs : newest), 0n);
  }

  #dropSpans(unit: SpanUnit): void {
    const { lifetimes, traces, spans, groups } = this.#state;
    const isGroup = unit.kind === 'span group';
    const horizon = Math.max(lifetimes.horizon, isGroup ? unit.lastOrdinal : unit.shelved.facts.lastOrdinal);
    const changes = new SourceChanges();
    for (const id of unit.chunks) {
      const carried = this.#pinnedSpansOf(id);
      if (carried === undefined) continue;
      if (isGroup) this.#takeOut(id, carried, changes);
      spans.put(carried);
    }
    lifetimes.raise(horizon);
    const gone = traces.ordinalsUpTo(horizon).filter((ordinal) => !lifetimes.pinned.has(ordinal));
    this.#deleteTraces(gone, changes);
    if (isGroup) groups.delete(unit.group);
    this.#deleteChunks(unit, changes);
  }

  #dropLogs(unit: LogUnit): void {
    const { lifetimes, logs, groups } = this.#state;
    const isGroup = unit.kind === 'log group';
    const pinned = new Set(lifetimes.pinned.values());
    const changes = new SourceChanges();
    for (const id of unit.chunks) {
      if (!isGroup && pinned.size === 0) break;
      const piece: LogPiece = logKind.pieceOf(readChunk(this.#state.db, id));
      if (isGroup) this.#traceLogs.subtract(logsOfTraces(piece.walked), id);
      const carried = carriedLogs(piece, pinned);
      if (carried !== undefined) logs.put(carried);
    }
    if (isGroup) {
      for (const entry of groups.entries(unit.group)) uncount(readLogEntry(entry), changes);
      groups.delete(unit.group);
    }
    this.#deleteChunks(unit, changes);
  }

  #deleteChunks(unit: SpanUnit | LogUnit, changes: SourceChanges): void {
    const { spans, logs, counters } = this.#state;
    if (unit.kind === 'span chunk') spans.discard(unit.shelved);
    else if (unit.kind === 'log chunk') logs.discard(unit.shelved);
    else for (const id of unit.chunks) for (const statement of this.#statements.deleteSealed) statement.run(id);
    // Older ones that are in no unit could not be read.
    this.#statements.deleteOlder.run(unit.firstChunk);
    counters.write(changes);
    this.#state.deleteUnusedSources();
    this.#state.imports.forgetEmpty();
  }

  #deleteTraces(ordinals: readonly number[], changes: SourceChanges): void {
    const { traces } = this.#state;
    let deleted = 0;
    for (const ordinal of ordinals) {
      const sources = traces.delete(ordinal);
      if (sources === undefined) continue;
      deleted += 1;
      for (const [source, spans, errors] of sources) changes.add(source, { spans: -spans, errors: -errors });
    }
    traces.addToCount(-deleted);
  }

  #pinnedSpansOf(chunk: number): SpanPiece | undefined {
    const { db, lifetimes } = this.#state;
    const row = this.#statements.arrival.get(chunk);
    if (lifetimes.pinned.size === 0 || row === undefined) return undefined;
    const arrivals = traceArrivals(row);
    if (!arrivals.ordinals.some((ordinal) => lifetimes.pinned.has(ordinal))) return undefined;
    return carriedSpans(readChunk(db, chunk), arrivals, (ordinal) => lifetimes.pinned.has(ordinal));
  }

  /** Takes spans that are carried over out of the sums of what is sealed. */
  #takeOut(chunk: number, carried: SpanPiece, changes: SourceChanges): void {
    const { sources } = this.#state;
    const facts = spanFactsOf(carried, sources.idsOf(carried.walked.sources), false);
    for (const [ordinal, less] of sumTraces([facts], () => true)) {
      for (const [source, spans, errors] of less.sources) changes.add(source, { spans: -spans, errors: -errors });
      const row = facts.ordinals.indexOf(ordinal);
      const receivedNs = this.#takeOutOfTrace(ordinal, facts.ids.slice(row * 16, row * 16 + 16), chunk, less);
      if (receivedNs < (facts.receivedNs[row] as bigint)) facts.receivedNs[row] = receivedNs;
    }
  }

  /** Returns when the trace first arrived. */
  #takeOutOfTrace(ordinal: number, id: Uint8Array, chunk: number, less: TraceSum): bigint {
    const { traces, ordinals } = this.#state;
    const stored = traces.read(ordinal);
    if (stored === undefined) throw new Error('A pinned trace is sealed without its row.');
    subtractSum(stored.sum, less);
    stored.chunks = stored.chunks.filter((other) => other !== chunk);
    if (stored.sum.spanCount > 0) traces.update(ordinal, stored);
    else {
      traces.delete(ordinal);
      traces.addToCount(-1);
      this.#state.afterwards(() => ordinals.setSealed(id, ordinal, false));
    }
    return stored.receivedNs;
  }
}

/** Takes the log records of a sealed chunk out of the counters of their sources. */
export function uncount({ count, sourceIds, sourceEnds }: ReturnType<typeof readLogEntry>, changes: SourceChanges): void {
  let from = 0;
  for (const [run, source] of sourceIds.entries()) {
    const end = sourceEnds[run] ?? count;
    changes.add(source, { logs: from - end });
    from = end;
  }
}
