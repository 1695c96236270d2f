import type { Database } from 'better-sqlite3';
import type { TraceSummary } from '#proto/bridge/shapes';
import type { TraceOrdinal } from './interface.ts';
import { fromSigned } from './unsigned.ts';

interface Row {
  trace_id: string;
  received_ns: bigint;
  has_root: bigint;
  root_name: string;
  root_service: string;
  start_ns: bigint;
  end_ns: bigint;
  span_count: bigint;
  error_count: bigint;
  log_count: bigint;
}

/** Reads trace summaries. Log counts are taken from the logs themselves, because they come before, after and without their trace. */
export class TraceSummaries {
  readonly #ordinal;
  readonly #row;
  readonly #services;

  constructor(db: Database) {
    this.#ordinal = db.prepare<[string], number>('SELECT ordinal FROM trace WHERE trace_id = ?').pluck();
    this.#row = db
      .prepare<[number], Row>(
        `SELECT trace_id, received_ns, has_root, root_name, source.service_name AS root_service, start_ns, end_ns, trace.span_count, trace.error_count,
           (SELECT count(*) FROM log WHERE log.trace_id = trace.trace_id) AS log_count
         FROM trace JOIN source ON source.id = root_source WHERE ordinal = ?`,
      )
      .safeIntegers();
    this.#services = db.prepare<[number], { name: string; spanCount: number; errorCount: number }>(
      `SELECT service_name AS name, sum(trace_source.span_count) AS spanCount, sum(trace_source.error_count) AS errorCount
       FROM trace_source JOIN source ON source.id = source WHERE trace = ? GROUP BY service_name ORDER BY service_name`,
    );
  }

  ordinalOf(traceId: string): TraceOrdinal | undefined {
    return this.#ordinal.get(traceId);
  }

  read(ordinal: TraceOrdinal): TraceSummary | undefined {
    const row = this.#row.get(ordinal);
    if (row === undefined) return undefined;
    const duration = row.end_ns - row.start_ns;
    return {
      traceId: row.trace_id,
      rootName: row.root_name,
      rootService: row.root_service,
      hasRoot: row.has_root === 1n,
      startTimeUnixNano: String(fromSigned(row.start_ns)),
      durationNano: String(duration < 0n ? 0n : duration),
      spanCount: Number(row.span_count),
      errorCount: Number(row.error_count),
      logCount: Number(row.log_count),
      services: this.#services.all(ordinal),
      receivedTimeUnixNano: String(row.received_ns),
    };
  }
}
