import type { Database } from 'better-sqlite3';
import { StatusCode } from '#proto/model/span';
import type { Arrival } from './ledger.ts';

/** A trace's summary while spans are added to it. Times are as the store keeps them (`unsigned.ts`). */
export interface TraceTotals {
  ordinal: number;
  hasRoot: boolean;
  rootName: string;
  rootSource: number;
  rootStart: bigint;
  start: bigint;
  end: bigint;
  spanCount: number;
  errorCount: number;
  okCount: number;
  unsetCount: number;
}

/** What a summary takes from a span. */
export interface SpanFacts {
  isRoot: boolean;
  name: string;
  source: number;
  start: bigint;
  end: bigint;
  statusCode: number;
}

interface TotalsRow {
  ordinal: bigint;
  has_root: bigint;
  root_name: string;
  root_source: bigint;
  root_start_ns: bigint;
  start_ns: bigint;
  end_ns: bigint;
  span_count: bigint;
  error_count: bigint;
  ok_count: bigint;
  unset_count: bigint;
}

/** Adds a new span. A root stands for the trace before any other span, and the earlier before the later. */
export function addSpan(totals: TraceTotals, span: SpanFacts): void {
  totals.spanCount += 1;
  if (span.statusCode === StatusCode.error) totals.errorCount += 1;
  else if (span.statusCode === StatusCode.ok) totals.okCount += 1;
  else if (span.statusCode === StatusCode.unset) totals.unsetCount += 1;
  if (span.start < totals.start) totals.start = span.start;
  if (span.end > totals.end) totals.end = span.end;
  const first = totals.spanCount === 1;
  if (first || (span.isRoot && !totals.hasRoot) || (span.isRoot === totals.hasRoot && span.start < totals.rootStart)) {
    totals.hasRoot = span.isRoot;
    totals.rootName = span.name;
    totals.rootSource = span.source;
    totals.rootStart = span.start;
  }
}

/** Trace summaries in the database. */
export class TraceTable {
  readonly #find;
  readonly #insert;
  readonly #update;

  constructor(db: Database) {
    this.#find = db.prepare<[string], TotalsRow>('SELECT * FROM trace WHERE trace_id = ?').safeIntegers();
    this.#insert = db.prepare(
      `INSERT INTO trace (trace_id, batch, received_ns, has_root, root_name, root_source, root_start_ns, start_ns, end_ns, span_count, error_count, ok_count, unset_count)
       VALUES (?, ?, ?, 0, '', 0, 0, 0, 0, 0, 0, 0, 0)`,
    );
    this.#update = db.prepare(
      `UPDATE trace SET has_root = ?, root_name = ?, root_source = ?, root_start_ns = ?, start_ns = ?, end_ns = ?,
         span_count = ?, error_count = ?, ok_count = ?, unset_count = ? WHERE ordinal = ?`,
    );
  }

  /** The trace's summary so far; a new one where this is its first span. */
  open(traceId: string, arrival: Arrival, firstSpan: SpanFacts): TraceTotals {
    const row = this.#find.get(traceId);
    if (row === undefined)
      return emptyTotals(Number(this.#insert.run(traceId, arrival.batch, arrival.receivedNs).lastInsertRowid), firstSpan);
    return {
      ordinal: Number(row.ordinal),
      hasRoot: row.has_root === 1n,
      rootName: row.root_name,
      rootSource: Number(row.root_source),
      rootStart: row.root_start_ns,
      start: row.start_ns,
      end: row.end_ns,
      spanCount: Number(row.span_count),
      errorCount: Number(row.error_count),
      okCount: Number(row.ok_count),
      unsetCount: Number(row.unset_count),
    };
  }

  save(totals: TraceTotals): void {
    const { hasRoot, rootName, rootSource, rootStart, start, end, spanCount, errorCount, okCount, unsetCount, ordinal } = totals;
    this.#update.run(hasRoot ? 1 : 0, rootName, rootSource, rootStart, start, end, spanCount, errorCount, okCount, unsetCount, ordinal);
  }
}

/** Totals of no span yet, with the range of times that the first one will open. */
export function emptyTotals(ordinal: number, { start, end }: SpanFacts): TraceTotals {
  return {
    ordinal,
    hasRoot: false,
    rootName: '',
    rootSource: 0,
    rootStart: start,
    start,
    end,
    spanCount: 0,
    errorCount: 0,
    okCount: 0,
    unsetCount: 0,
  };
}
