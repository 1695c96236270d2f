import type { Database } from 'better-sqlite3';
import { toSigned } from '../unsigned.ts';
import type { Index, LogIndex, SpanFacts } from './facts.ts';
import type { GroupRows, NewGroup } from './group-rows.ts';
import type { LogChunk, SpanChunk } from './kinds.ts';
import type { Lifetimes } from './lifetimes.ts';
import { SourceChanges, type SourceCounters } from './source-counters.ts';
import type { TraceOrdinals } from './trace-ordinals.ts';
import { TraceLogRows } from './trace-log-rows.ts';
import { addSum, longestOf, sumTraces } from '../trace-sum.ts';
import type { SealedTrace, TraceRows } from './trace-rows.ts';

/** A trace of a group that is being sealed. */
interface GroupTrace extends SealedTrace {
  id: Uint8Array;
}

interface SealingParts {
  lifetimes: Lifetimes;
  groups: GroupRows;
  traces: TraceRows;
  ordinals: TraceOrdinals;
  counters: SourceCounters;
}

/** Writes down what is derived from a group of full chunks, in the transaction that runs. */
export class Sealing {
  readonly #lifetimes: Lifetimes;
  readonly #groups: GroupRows;
  readonly #traces: TraceRows;
  readonly #ordinals: TraceOrdinals;
  readonly #counters: SourceCounters;
  readonly #insertLogChunk;
  readonly #traceLogs: TraceLogRows;

  constructor(db: Database, { lifetimes, groups, traces, ordinals, counters }: SealingParts) {
    this.#lifetimes = lifetimes;
    this.#groups = groups;
    this.#traces = traces;
    this.#ordinals = ordinals;
    this.#counters = counters;
    this.#insertLogChunk = db.prepare(
      'INSERT INTO log_chunk (chunk, group_id, min_time_ns, max_time_ns, first_log, last_log) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#traceLogs = new TraceLogRows(db);
  }

  /** Returns what has to be done when the transaction is committed. */
  sealSpans(chunks: readonly SpanChunk[]): () => void {
    const changes = new SourceChanges();
    let [firstOrdinal, lastOrdinal, longestNs] = [Infinity, 0, 0n];
    for (const { id, facts } of chunks) {
      firstOrdinal = Math.min(firstOrdinal, facts.firstOrdinal);
      lastOrdinal = Math.max(lastOrdinal, facts.lastOrdinal);
      const longest = longestOf(facts.columns);
      if (longest > longestNs) longestNs = longest;
      for (const [source, receivedNs] of lastSeen(facts)) changes.add(source, { chunk: id, receivedNs });
    }
    this.#groups.insert({ signal: 'traces', ...groupOf(chunks), firstOrdinal, lastOrdinal, longestNs });
    const traces = groupTraces(chunks, this.#lifetimes);
    this.#writeTraces(traces, changes);
    this.#counters.write(changes);
    return () => {
      for (const [ordinal, { id }] of traces) this.#ordinals.setSealed(id, ordinal, true);
    };
  }

  sealLogs(chunks: readonly LogChunk[]): void {
    const group = this.#groups.insert({ signal: 'logs', ...groupOf(chunks), firstOrdinal: 0, lastOrdinal: 0, longestNs: 0n });
    const changes = new SourceChanges();
    const byTrace = new Map<string, { count: number; chunks: number[] }>();
    for (const { id, facts } of chunks) {
      const { minTimeNs, maxTimeNs, sources, traces } = facts.index as LogIndex;
      const first = Math.min(...facts.runs.map(({ firstId }) => firstId));
      const last = Math.max(...facts.runs.map(({ firstId, count }) => firstId + count - 1));
      this.#insertLogChunk.run(id, group, toSigned(minTimeNs), toSigned(maxTimeNs), first, last);
      const receivedNs = facts.runs.reduce((latest, run) => (run.receivedNs > latest ? run.receivedNs : latest), 0n);
      for (const [source, logs] of sources) changes.add(source, { logs, chunk: id, receivedNs });
      for (const [trace, logs] of traces.counts.entries()) {
        const key = Buffer.prototype.latin1Slice.call(traces.ids, trace * 16, trace * 16 + 16);
        const sum = byTrace.get(key);
        if (sum === undefined) byTrace.set(key, { count: logs, chunks: [id] });
        else {
          sum.count += logs;
          sum.chunks.push(id);
        }
      }
    }
    for (const [key, sum] of byTrace) this.#traceLogs.add(Buffer.from(key, 'latin1'), sum.count, sum.chunks);
    this.#counters.write(changes);
  }

  #writeTraces(traces: ReadonlyMap<number, GroupTrace>, changes: SourceChanges): void {
    let added = 0;
    for (const [ordinal, trace] of traces) {
      for (const [source, spans, errors] of trace.sum.sources) changes.add(source, { spans, errors });
      const stored = this.#ordinals.isSealed(trace.id) === false ? undefined : this.#traces.read(ordinal);
      if (stored === undefined) {
        this.#traces.insert(ordinal, trace.id, trace);
        added += 1;
        continue;
      }
      addSum(stored.sum, trace.sum);
      if (trace.receivedNs < stored.receivedNs) stored.receivedNs = trace.receivedNs;
      stored.chunks = [...stored.chunks, ...trace.chunks].toSorted((a, b) => a - b);
      this.#traces.update(ordinal, stored);
    }
    this.#traces.addToCount(added);
  }
}

function groupOf(chunks: readonly (SpanChunk | LogChunk)[]): Pick<NewGroup, 'chunks' | 'importId'> {
  return { chunks: chunks.map(indexed), importId: chunks[0]?.importId ?? 0 };
}

function indexed({ id, recordCount, facts }: SpanChunk | LogChunk): { id: number; recordCount: number; index: Index } {
  if (facts.index === undefined) throw new Error('Only full chunks can be sealed.');
  return { id, recordCount, index: facts.index };
}

/** When the last span of each source arrived, as far as traces tell. */
function lastSeen({ sourceIds, receivedNs, columns: { count, source, trace } }: SpanFacts): Map<number, bigint> {
  const [first = 0n] = receivedNs;
  const seen = new Map(Array.from(sourceIds, (id) => [id, first]));
  // Only small exports that were joined arrived at more times than one.
  if (receivedNs.every((time) => time === first)) return seen;
  for (let span = 0; span < count; span += 1) {
    const id = sourceIds[source[span] as number] as number;
    const time = receivedNs[trace[span] as number] as bigint;
    if (time > (seen.get(id) as bigint)) seen.set(id, time);
  }
  return seen;
}

/** By ordinal, ascending, so that new rows come one after the other. */
function groupTraces(chunks: readonly SpanChunk[], lifetimes: Lifetimes): ReadonlyMap<number, GroupTrace> {
  const sums = sumTraces(
    chunks.map(({ facts }) => facts),
    (ordinal) => lifetimes.isAlive(ordinal),
  );
  const traces = new Map<number, GroupTrace>();
  for (const { id, facts } of chunks) {
    for (const [row, ordinal] of facts.ordinals.entries()) {
      const known = traces.get(ordinal);
      const sum = sums.get(ordinal);
      if (sum === undefined) continue;
      const receivedNs = facts.receivedNs[row] as bigint;
      if (known === undefined) traces.set(ordinal, { id: facts.ids.subarray(row * 16, row * 16 + 16), sum, receivedNs, chunks: [id] });
      else {
        if (receivedNs < known.receivedNs) known.receivedNs = receivedNs;
        known.chunks.push(id);
      }
    }
  }
  return new Map([...traces].toSorted(([a], [b]) => a - b));
}
