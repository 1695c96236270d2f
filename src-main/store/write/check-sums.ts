import type { Database } from 'better-sqlite3';
import { walkLogs } from '#main/decode/walk/walk-logs';
import { readChunk, readUint32s } from '../chunk-rows.ts';
import { signalCode } from '../schema.ts';
import { storedSources } from './check-groups.ts';
import { logsOfTraces, spanFactsOf } from './facts.ts';
import { spanKind } from './kinds.ts';
import { Lifetimes } from './lifetimes.ts';
import { TraceRows } from './trace-rows.ts';
import { addSum, sumTraces, type TraceSum } from '../trace-sum.ts';

interface SourceCount {
  spans: number;
  errors: number;
  logs: number;
}

/** Everything that is added up over sealed chunks: traces, logs of traces, counters of sources. */
export function* checkSums(db: Database): Generator<string> {
  const sources = new Map<number, SourceCount>();
  yield* checkTraces(db, sources);
  yield* checkLogs(db, sources);
  yield* checkSources(db, sources);
}

function* checkTraces(db: Database, counts: Map<number, SourceCount>): Generator<string> {
  const rows = new TraceRows(db);
  const pinned = new Lifetimes(db).pinned;
  const { sums, chunks } = sealedTraces(db);
  if (rows.count() !== sums.size) yield `${rows.count()} traces are counted, of ${sums.size} that are sealed.`;
  for (const ordinal of rows.ordinalsUpTo(Number.MAX_SAFE_INTEGER)) {
    if (!sums.has(ordinal)) yield `Trace ${ordinal} has a row, and no spans.`;
  }
  for (const [ordinal, sum] of sums) {
    const row = rows.read(ordinal);
    if (row === undefined) {
      yield `Trace ${ordinal} has spans, and no row.`;
      continue;
    }
    // Where some spans of a pinned trace were carried over, its times and its root may be those of one that is unsealed now.
    const text = pinned.has(ordinal) ? countsText : sumText;
    if (text(row.sum) !== text(sum)) yield `The sums of trace ${ordinal} are not those of its spans.`;
    if (String(row.chunks) !== String(chunks.get(ordinal))) yield `Trace ${ordinal} is not in the chunks that it names.`;
    for (const [source, spans, errors] of sum.sources) add(counts, source, { spans, errors, logs: 0 });
  }
}

function sealedTraces(db: Database): { sums: Map<number, TraceSum>; chunks: Map<number, number[]> } {
  const lifetimes = new Lifetimes(db);
  const sums = new Map<number, TraceSum>();
  const chunks = new Map<number, number[]>();
  for (const id of sealedChunks(db, signalCode.traces)) {
    const stored = readChunk(db, id);
    const piece = spanKind.pieceOf(stored);
    const facts = spanFactsOf(piece, storedSources(db, piece.walked.sources), false);
    for (const [ordinal, sum] of sumTraces([facts], (candidate) => lifetimes.isAlive(candidate))) {
      const known = sums.get(ordinal);
      if (known === undefined) sums.set(ordinal, sum);
      else addSum(known, sum);
      chunks.set(ordinal, [...(chunks.get(ordinal) ?? []), id]);
    }
  }
  return { sums, chunks };
}

function* checkLogs(db: Database, counts: Map<number, SourceCount>): Generator<string> {
  const byTrace = new Map<string, { count: number; chunks: number[] }>();
  for (const id of sealedChunks(db, signalCode.logs)) {
    const { walked } = walkLogs(readChunk(db, id).bytes);
    const ids = storedSources(db, walked.sources);
    for (const [row, { count }] of walked.sources.entries()) add(counts, ids[row] ?? 0, { spans: 0, errors: 0, logs: count });
    const traces = logsOfTraces(walked);
    for (const [trace, count] of traces.counts.entries()) {
      const key = Buffer.from(traces.ids.subarray(trace * 16, trace * 16 + 16)).toString('hex');
      const sum = byTrace.get(key) ?? { count: 0, chunks: [] };
      byTrace.set(key, { count: sum.count + count, chunks: [...sum.chunks, id] });
    }
  }
  const rows = db
    .prepare<[], { id: string; log_count: number; chunks: Buffer }>('SELECT lower(hex(trace_id)) AS id, log_count, chunks FROM trace_log')
    .all();
  for (const { id, log_count, chunks } of rows) {
    const sum = byTrace.get(id);
    byTrace.delete(id);
    if (sum?.count !== log_count || String(readUint32s(chunks)) !== String(sum.chunks))
      yield `The log records of trace ${id} are not those that are counted.`;
  }
  for (const id of byTrace.keys()) yield `The log records of trace ${id} are not counted.`;
}

function* checkSources(db: Database, counts: ReadonlyMap<number, SourceCount>): Generator<string> {
  const rows = db
    .prepare<[], SourceCount & { id: number }>('SELECT id, span_count AS spans, error_count AS errors, log_count AS logs FROM source')
    .all();
  for (const { id, ...stored } of rows) {
    const { spans, errors, logs } = counts.get(id) ?? { spans: 0, errors: 0, logs: 0 };
    if (stored.spans !== spans || stored.errors !== errors || stored.logs !== logs)
      yield `The counters of source ${id} are not those of its records.`;
  }
  const ids = new Set(rows.map(({ id }) => id));
  for (const id of counts.keys()) if (!ids.has(id)) yield `Records refer to source ${id}, which is not there.`;
  const orphans = db.prepare<[], number>('SELECT count(*) FROM source_attribute WHERE source NOT IN (SELECT id FROM source)').pluck().get();
  if (orphans !== 0) yield `${orphans} attributes belong to no source.`;
}

function sealedChunks(db: Database, signal: number): number[] {
  return db
    .prepare<[number], Buffer>('SELECT chunks FROM chunk_group WHERE signal = ? ORDER BY id')
    .pluck()
    .all(signal)
    .flatMap((chunks) => [...readUint32s(chunks)]);
}

function add(counts: Map<number, SourceCount>, source: number, { spans, errors, logs }: SourceCount): void {
  const sum = counts.get(source) ?? { spans: 0, errors: 0, logs: 0 };
  counts.set(source, { spans: sum.spans + spans, errors: sum.errors + errors, logs: sum.logs + logs });
}

function sumText(sum: TraceSum): string {
  const { startNs, endNs, hasRoot, rootName, rootSource, rootStartNs } = sum;
  return [startNs, endNs, hasRoot, rootName, rootSource, rootStartNs, countsText(sum)].map(String).join();
}

function countsText({ spanCount, errorCount, sources }: TraceSum): string {
  return JSON.stringify([spanCount, errorCount, ...sources.toSorted(([a], [b]) => a - b)]);
}
