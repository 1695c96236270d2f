import type { Database } from 'better-sqlite3';
import type { SpanDetail } from '#proto/bridge/shapes';
import { hasException } from '#proto/model/semantic-conventions';
import type { Span } from '#proto/model/span';
import type { EventMoment, FoundSpan, SpanOutline, SpanPosition, TraceOrdinal } from './interface.ts';
import type { SourceRecords } from './source-records.ts';
import { firstSpanIdOf } from './span-id.ts';
import { fromSigned, toSigned } from './unsigned.ts';

interface OutlineRow {
  span_id: string;
  parent_span_id: string | null;
  source: number;
  name: string;
  kind: number;
  status_code: number;
  status_message: string;
  offset_ns: number;
  duration_ns: number;
  event_count: number;
}

/** Reads the spans of a trace. */
export class SpanRows {
  readonly #sources: SourceRecords;
  readonly #outlines;
  readonly #withEvents;
  readonly #page;
  readonly #record;

  constructor(db: Database, sources: SourceRecords) {
    this.#sources = sources;
    // Differences are exact in SQL, where a time is 64 bits wide; as numbers they are as good as doubles are.
    this.#outlines = db.prepare<[number, number, number], OutlineRow>(
      `SELECT span_id, parent_span_id, source, name, kind, status_code, status_message, event_count,
         start_ns - (SELECT start_ns FROM trace WHERE ordinal = ?) AS offset_ns, end_ns - start_ns AS duration_ns
       FROM span WHERE id >= ? AND id < ? ORDER BY start_ns, id`,
    );
    this.#withEvents = db
      .prepare<[number, number, number], { span_id: string; trace_start_ns: bigint; record: string }>(
        `SELECT span_id, (SELECT start_ns FROM trace WHERE ordinal = ?) AS trace_start_ns, record
         FROM span JOIN span_record USING (id) WHERE id >= ? AND id < ? AND event_count > 0 ORDER BY span.start_ns, id`,
      )
      .safeIntegers();
    this.#page = db
      .prepare<[number, number, bigint, number, number], { id: bigint; start_ns: bigint; source: bigint; record: string }>(
        `SELECT id, start_ns, source, record FROM (
           SELECT id, start_ns, source FROM span WHERE id >= ? AND id < ? AND (start_ns, id) > (?, ?) ORDER BY start_ns, id LIMIT ?
         ) JOIN span_record USING (id) ORDER BY start_ns, id`,
      )
      .safeIntegers();
    this.#record = db.prepare<[number, string], { source: number; record: string }>(
      'SELECT source, record FROM span JOIN span_record USING (id) WHERE trace = ? AND span_id = ?',
    );
  }

  *outlines(trace: TraceOrdinal): Generator<SpanOutline> {
    for (const row of this.#outlines.iterate(trace, firstSpanIdOf(trace), firstSpanIdOf(trace + 1))) {
      yield {
        spanId: row.span_id,
        parentSpanId: row.parent_span_id ?? '',
        offsetNs: row.offset_ns,
        durationNs: row.duration_ns,
        name: row.name,
        serviceName: this.#sources.read(row.source).serviceName,
        kind: row.kind,
        statusCode: row.status_code,
        statusMessage: row.status_message,
        eventCount: row.event_count,
      };
    }
  }

  *eventMoments(trace: TraceOrdinal, limit: number): Generator<EventMoment> {
    let left = limit;
    for (const row of this.#withEvents.iterate(trace, firstSpanIdOf(trace), firstSpanIdOf(trace + 1))) {
      const startNs = fromSigned(row.trace_start_ns);
      for (const { timeUnixNano, attributes } of (JSON.parse(row.record) as Span).events) {
        if (left-- <= 0) return;
        yield { spanId: row.span_id, offsetNs: Number(BigInt(timeUnixNano) - startNs), isException: hasException(attributes) };
      }
    }
  }

  page(trace: TraceOrdinal, limit: number, after: SpanPosition | undefined): FoundSpan[] {
    const { startNs, id } = after ?? { startNs: 0n, id: -1 };
    return this.#page
      .all(firstSpanIdOf(trace), firstSpanIdOf(trace + 1), toSigned(startNs), id, limit)
      .map((row) => ({ id: Number(row.id), startNs: fromSigned(row.start_ns), span: this.#detail(row.record, Number(row.source)) }));
  }

  read(trace: TraceOrdinal, spanId: string): SpanDetail | undefined {
    const row = this.#record.get(trace, spanId);
    return row && this.#detail(row.record, row.source);
  }

  #detail(record: string, source: number): SpanDetail {
    const { resource, scope } = this.#sources.read(source);
    return { ...(JSON.parse(record) as Span), resource, scope };
  }
}
