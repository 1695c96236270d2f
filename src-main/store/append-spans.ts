import type { Database } from 'better-sqlite3';
import type { ScopedRecords } from '#proto/model/batch';
import { StatusCode, type Span } from '#proto/model/span';
import type { Arrival } from './ledger.ts';
import { spanText } from './search-text.ts';
import { firstSpanIdOf, storedSpanId } from './span-id.ts';
import type { Sources } from './sources.ts';
import type { TextQueue } from './text-queue.ts';
import { addSpan, emptyTotals, TraceTable, type SpanFacts, type TraceTotals } from './trace-totals.ts';
import { toSigned } from './unsigned.ts';

interface Counts {
  spans: number;
  errors: number;
}

interface OpenTrace {
  totals: TraceTotals;
  /** What this request adds to each source. */
  bySource: Map<number, Counts>;
  /** A span was replaced: the totals have to be made anew. */
  stale: boolean;
}

/** Traces that a request touches, by id. */
type OpenTraces = Map<string, OpenTrace>;

interface SpanRow {
  id: bigint;
  source: bigint;
  status_code: bigint;
  record: string;
}

/** Writes spans, and keeps the summaries of their traces and the counters of their sources. */
export class SpanAppender {
  readonly #sources: Sources;
  readonly #texts: TextQueue;
  readonly #traces: TraceTable;
  readonly #insert;
  readonly #insertRecord;
  readonly #existing;
  readonly #replace;
  readonly #replaceRecord;
  readonly #facts;
  readonly #countInTrace;
  readonly #dropEmpty;
  readonly #countInSource;

  constructor(db: Database, sources: Sources, texts: TextQueue) {
    this.#sources = sources;
    this.#texts = texts;
    this.#traces = new TraceTable(db);
    this.#insert = db.prepare(
      `INSERT INTO span (id, trace, span_id, parent_span_id, source, name, kind, status_code, status_message, start_ns, end_ns, event_count)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace, span_id) DO NOTHING`,
    );
    this.#insertRecord = db.prepare('INSERT INTO span_record (id, record) VALUES (?, ?)');
    this.#existing = db
      .prepare<[number, string], SpanRow>(
        'SELECT id, source, status_code, record FROM span JOIN span_record USING (id) WHERE trace = ? AND span_id = ?',
      )
      .safeIntegers();
    this.#replace = db.prepare(
      `UPDATE span SET parent_span_id = ?, source = ?, name = ?, kind = ?, status_code = ?, status_message = ?, start_ns = ?, end_ns = ?, event_count = ? WHERE id = ?`,
    );
    this.#replaceRecord = db.prepare('UPDATE span_record SET record = ? WHERE id = ?');
    this.#facts = db
      .prepare<[number, number], { is_root: bigint; name: string; source: bigint; start_ns: bigint; end_ns: bigint; status_code: bigint }>(
        'SELECT parent_span_id IS NULL AS is_root, name, source, start_ns, end_ns, status_code FROM span WHERE id >= ? AND id < ? ORDER BY id',
      )
      .safeIntegers();
    this.#countInTrace = db.prepare(
      `INSERT INTO trace_source (source, trace, span_count, error_count) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET span_count = span_count + excluded.span_count, error_count = error_count + excluded.error_count`,
    );
    this.#dropEmpty = db.prepare('DELETE FROM trace_source WHERE source = ? AND trace = ? AND span_count = 0');
    this.#countInSource = db.prepare(
      'UPDATE source SET span_count = span_count + ?, error_count = error_count + ?, last_seen_ns = max(last_seen_ns, ?) WHERE id = ?',
    );
  }

  append(groups: readonly ScopedRecords<Span>[], arrival: Arrival): number {
    const traces: OpenTraces = new Map();
    let count = 0;
    for (const { resource, scope, items } of groups) {
      if (items.length === 0) continue;
      const source = this.#sources.idOf(resource, scope);
      for (const span of items) this.#add(traces, span, source, arrival);
      count += items.length;
    }
    this.#save(traces, arrival.receivedNs);
    return count;
  }

  #add(traces: OpenTraces, span: Span, source: number, arrival: Arrival): void {
    const facts = factsOf(span, source);
    let trace = traces.get(span.traceId);
    if (trace === undefined) {
      trace = { totals: this.#traces.open(span.traceId, arrival, facts), bySource: new Map(), stale: false };
      traces.set(span.traceId, trace);
    }
    const { ordinal, spanCount } = trace.totals;
    const id = storedSpanId(ordinal, spanCount);
    const { name, kind, status } = span;
    const record = JSON.stringify(span);
    const inserted = this.#insert.run(
      id,
      ordinal,
      span.spanId,
      span.parentSpanId || null,
      source,
      name,
      kind,
      status.code,
      status.message,
      facts.start,
      facts.end,
      span.events.length,
    ).changes;
    if (inserted === 0) return this.#replaceExisting(trace, span, facts, record);
    this.#insertRecord.run(id, record);
    this.#texts.add(id, spanText(span));
    addSpan(trace.totals, facts);
    addToCounts(trace, source, status.code, 1);
  }

  /** The same span came before. Sent twice it changes nothing; sent with other content, the later one stands. */
  #replaceExisting(trace: OpenTrace, span: Span, facts: SpanFacts, record: string): void {
    const existing = this.#existing.get(trace.totals.ordinal, span.spanId);
    if (existing === undefined) throw new Error('A span is stored without its record.');
    if (existing.record === record && Number(existing.source) === facts.source) return;
    const { id } = existing;
    const { name, kind, status } = span;
    this.#replace.run(
      span.parentSpanId || null,
      facts.source,
      name,
      kind,
      status.code,
      status.message,
      facts.start,
      facts.end,
      span.events.length,
      id,
    );
    this.#replaceRecord.run(record, id);
    this.#texts.replace(Number(id), spanText(span));
    addToCounts(trace, Number(existing.source), Number(existing.status_code), -1);
    addToCounts(trace, facts.source, status.code, 1);
    trace.stale = true;
  }

  #save(traces: OpenTraces, receivedNs: bigint): void {
    const total = new Map<number, Counts>();
    for (const { totals, bySource, stale } of traces.values()) {
      this.#traces.save(stale ? this.#recount(totals.ordinal) : totals);
      for (const [source, { spans, errors }] of bySource) {
        this.#countInTrace.run(source, totals.ordinal, spans, errors);
        if (stale) this.#dropEmpty.run(source, totals.ordinal);
        const sum = total.get(source) ?? { spans: 0, errors: 0 };
        total.set(source, { spans: sum.spans + spans, errors: sum.errors + errors });
      }
    }
    for (const [source, { spans, errors }] of total) this.#countInSource.run(spans, errors, receivedNs, source);
  }

  #recount(ordinal: number): TraceTotals {
    let totals: TraceTotals | undefined;
    for (const row of this.#facts.iterate(firstSpanIdOf(ordinal), firstSpanIdOf(ordinal + 1))) {
      const facts = {
        isRoot: row.is_root === 1n,
        name: row.name,
        source: Number(row.source),
        start: row.start_ns,
        end: row.end_ns,
        statusCode: Number(row.status_code),
      };
      totals ??= emptyTotals(ordinal, facts);
      addSpan(totals, facts);
    }
    if (totals === undefined) throw new Error('A trace is stored without spans.');
    return totals;
  }
}

function factsOf(span: Span, source: number): SpanFacts {
  return {
    isRoot: span.parentSpanId === '',
    name: span.name,
    source,
    start: toSigned(BigInt(span.startTimeUnixNano)),
    end: toSigned(BigInt(span.endTimeUnixNano)),
    statusCode: span.status.code,
  };
}

function addToCounts(trace: OpenTrace, source: number, statusCode: number, by: 1 | -1): void {
  let counts = trace.bySource.get(source);
  if (counts === undefined) trace.bySource.set(source, (counts = { spans: 0, errors: 0 }));
  counts.spans += by;
  if (statusCode === StatusCode.error) counts.errors += by;
}
