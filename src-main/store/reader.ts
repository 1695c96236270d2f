import Database from 'better-sqlite3';
import { Counts } from './counts.ts';
import { pathsIn } from './data-directory.ts';
import { findLogs, logReader, type LogRow } from './find-logs.ts';
import { findTraces } from './find-traces.ts';
import {
  StoreUnavailableError,
  type EventMoment,
  type FoundLog,
  type FoundSpan,
  type FoundTrace,
  type LogQuery,
  type SpanOutline,
  type SpanPosition,
  type StoredCounts,
  type TelemetryReader,
  type TraceQuery,
} from './interface.ts';
import { schemaVersion } from './migrate.ts';
import { SourceRecords } from './source-records.ts';
import { SpanRows } from './span-rows.ts';
import { outward } from './sqlite-errors.ts';
import { TraceSummaries } from './trace-summaries.ts';
import type { LogItem, ServiceSummary, SpanDetail, TraceSummary } from '#proto/bridge/shapes';

/** Opens the store of a data directory for reading; a writer has to have been there before. Throws `StoreUnavailableError`. */
export function openReader(dataDirectory: string): TelemetryReader {
  const paths = pathsIn(dataDirectory);
  try {
    const db = new Database(paths.database, { readonly: true, fileMustExist: true, timeout: 5000 });
    try {
      db.pragma('query_only = ON');
      db.pragma('trusted_schema = OFF');
      if (Number(db.pragma('user_version', { simple: true })) !== schemaVersion)
        throw new StoreUnavailableError('The store is of another version of Sidelight.');
      return new SqliteReader(db, new Counts(db, paths));
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw outward(error);
  }
}

class SqliteReader implements TelemetryReader {
  readonly #db: Database.Database;
  readonly #counts: Counts;
  readonly #sources: SourceRecords;
  readonly #summaries: TraceSummaries;
  readonly #spans: SpanRows;
  readonly #readLog;
  readonly #logCounts;

  constructor(db: Database.Database, counts: Counts) {
    this.#db = db;
    this.#counts = counts;
    this.#sources = new SourceRecords(db);
    this.#summaries = new TraceSummaries(db);
    this.#spans = new SpanRows(db, this.#sources);
    this.#readLog = logReader(db);
    this.#logCounts = db.prepare<[string], { span_id: string | null; count: number }>(
      'SELECT span_id, count(*) AS count FROM log WHERE trace_id = ? GROUP BY span_id',
    );
  }

  snapshot<Answer>(question: () => Answer): Answer {
    try {
      return this.#db.transaction(question).deferred();
    } catch (error) {
      throw outward(error);
    }
  }

  findTraces(query: TraceQuery): FoundTrace[] {
    return this.snapshot(() =>
      findTraces(this.#db, this.#sources, query).flatMap((ordinal) => {
        const summary = this.#summaries.read(ordinal);
        return summary === undefined ? [] : [{ ordinal, summary }];
      }),
    );
  }

  traceSummary(traceId: string): TraceSummary | undefined {
    return this.snapshot(() => {
      const ordinal = this.#summaries.ordinalOf(traceId);
      return ordinal === undefined ? undefined : this.#summaries.read(ordinal);
    });
  }

  outlines(traceId: string): SpanOutline[] {
    return this.snapshot(() => {
      const ordinal = this.#summaries.ordinalOf(traceId);
      return ordinal === undefined ? [] : [...this.#spans.outlines(ordinal)];
    });
  }

  eventMoments(traceId: string, limit: number): EventMoment[] {
    return this.snapshot(() => {
      const ordinal = this.#summaries.ordinalOf(traceId);
      return ordinal === undefined ? [] : [...this.#spans.eventMoments(ordinal, limit)];
    });
  }

  spans(traceId: string, limit: number, after: SpanPosition | undefined): FoundSpan[] {
    return this.snapshot(() => {
      const ordinal = this.#summaries.ordinalOf(traceId);
      return ordinal === undefined ? [] : this.#spans.page(ordinal, limit, after);
    });
  }

  span(traceId: string, spanId: string): SpanDetail | undefined {
    return this.snapshot(() => {
      const ordinal = this.#summaries.ordinalOf(traceId);
      return ordinal === undefined ? undefined : this.#spans.read(ordinal, spanId);
    });
  }

  findLogs(query: LogQuery): FoundLog[] {
    return this.snapshot(() =>
      findLogs(this.#db, this.#sources, query).map((row) => ({
        id: row.id,
        effectiveTimeNs: row.effectiveTimeNs,
        log: this.#logItem(row),
      })),
    );
  }

  log(id: number): LogItem | undefined {
    return this.snapshot(() => {
      const row = this.#readLog(id);
      return row && this.#logItem(row);
    });
  }

  logCounts(traceId: string): Map<string, number> {
    return this.snapshot(() => new Map(this.#logCounts.all(traceId).map(({ span_id, count }) => [span_id ?? '', count])));
  }

  services(): ServiceSummary[] {
    return this.snapshot(() => this.#sources.services());
  }

  counts(): StoredCounts {
    return this.snapshot(() => this.#counts.read());
  }

  close(): void {
    this.#db.close();
  }

  #logItem({ id, effectiveTimeNs, source, traceId, spanId, record }: LogRow): LogItem {
    const { resource, scope, serviceName } = this.#sources.read(source);
    return {
      ...record,
      id: String(id),
      contextTraceId: traceId,
      contextSpanId: spanId,
      effectiveTimeUnixNano: String(effectiveTimeNs),
      serviceName,
      resource,
      scope,
    };
  }
}
