import type { Database } from 'better-sqlite3';
import { firstSpanIdOf } from './span-id.ts';

/** Work of one step. A whole trace goes out of sight at once, its spans then in pieces of this size. */
const maxRowsPerStep = 1_000;
const maxBytesPerStep = 4 * 2 ** 20;
/** Pages of merging that follow a deletion, so that the text indexes let go of what was deleted. */
const mergePages = 500;
const vacuumPages = 1_000;

interface Row {
  id: number;
  bytes: number;
}

/** Deletes what arrived first, and gives the room back to the file system. */
export class Retention {
  readonly #db: Database;
  readonly #statements;

  constructor(db: Database) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** Bytes of the database that hold something. */
  usedBytes(): number {
    return (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pragma('page_size');
  }

  /** Deletes a bounded number of the oldest records, in a transaction. Returns whether there was anything to delete. */
  deleteOldest(): boolean {
    return this.#db.transaction(() => this.#deleteSpansWithoutTrace() || this.#deleteOldestTracesOrLogs()).immediate();
  }

  /** Lets the file shrink by a bounded piece. What readers still look at is given back on a later call. Returns whether there is more to give back. */
  giveBack(): boolean {
    this.#db.pragma(`incremental_vacuum(${vacuumPages})`);
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return this.#pragma('freelist_count') > 0;
  }

  #pragma(name: string): number {
    return Number(this.#db.pragma(name, { simple: true }));
  }

  #deleteOldestTracesOrLogs(): boolean {
    const sql = this.#statements;
    const trace = sql.oldestTrace.get();
    const log = sql.oldestLog.get();
    if (trace !== undefined && (log === undefined || trace.batch <= log.batch)) this.#hideOldestTraces();
    else if (log !== undefined) this.#deleteOldestLogs();
    else return false;
    sql.deleteSourceAttributes.run();
    sql.deleteSources.run();
    return true;
  }

  /** Spans lie in the order of their traces, so those of traces that are gone lie first. */
  #deleteSpansWithoutTrace(): boolean {
    const sql = this.#statements;
    const oldest = sql.oldestTrace.get();
    const end = oldest === undefined ? Number.MAX_SAFE_INTEGER : firstSpanIdOf(oldest.id);
    const ids = firstWithinBytes(sql.oldestSpans.all(end, maxRowsPerStep));
    for (const id of ids) {
      sql.deleteSpan.run(id);
      sql.deleteSpanRecord.run(id);
      sql.deleteSpanText.run(id);
    }
    if (ids.length > 0) sql.mergeSpanText.run();
    return ids.length > 0;
  }

  #hideOldestTraces(): void {
    const sql = this.#statements;
    let spans = 0;
    for (const { id, span_count } of sql.oldestTraces.all(maxRowsPerStep)) {
      if (spans > 0 && spans + span_count > maxRowsPerStep) break;
      spans += span_count;
      for (const { source, spans: inSource, errors } of sql.sourcesOfTrace.all(id)) sql.uncountSpans.run(inSource, errors, source);
      sql.deleteTraceSources.run(id);
      sql.deleteTrace.run(id);
    }
    this.#deleteSpansWithoutTrace();
  }

  #deleteOldestLogs(): void {
    const sql = this.#statements;
    const ids = firstWithinBytes(sql.oldestLogs.all(maxRowsPerStep));
    for (const id of ids) {
      const source = sql.deleteLog.get(id);
      if (source !== undefined) sql.uncountLog.run(source);
      sql.deleteLogText.run(id);
    }
    sql.mergeLogText.run();
  }
}

function firstWithinBytes(rows: readonly Row[]): number[] {
  let bytes = 0;
  const ids: number[] = [];
  for (const row of rows) {
    bytes += row.bytes;
    if (ids.length > 0 && bytes > maxBytesPerStep) break;
    ids.push(row.id);
  }
  return ids;
}

function prepare(db: Database) {
  return {
    oldestTrace: db.prepare<[], { id: number; batch: number }>('SELECT ordinal AS id, batch FROM trace ORDER BY ordinal LIMIT 1'),
    oldestLog: db.prepare<[], { id: number; batch: number }>('SELECT id, batch FROM log ORDER BY id LIMIT 1'),
    oldestTraces: db.prepare<[number], { id: number; span_count: number }>(
      'SELECT ordinal AS id, span_count FROM trace ORDER BY ordinal LIMIT ?',
    ),
    oldestSpans: db.prepare<[number, number], Row>(
      'SELECT id, octet_length(record) AS bytes FROM span_record WHERE id < ? ORDER BY id LIMIT ?',
    ),
    oldestLogs: db.prepare<[number], Row>('SELECT id, octet_length(record) AS bytes FROM log ORDER BY id LIMIT ?'),
    sourcesOfTrace: db.prepare<[number], { source: number; spans: number; errors: number }>(
      'SELECT source, span_count AS spans, error_count AS errors FROM trace_source WHERE trace = ?',
    ),
    uncountSpans: db.prepare('UPDATE source SET span_count = span_count - ?, error_count = error_count - ? WHERE id = ?'),
    uncountLog: db.prepare('UPDATE source SET log_count = log_count - 1 WHERE id = ?'),
    deleteTraceSources: db.prepare('DELETE FROM trace_source WHERE trace = ?'),
    deleteTrace: db.prepare('DELETE FROM trace WHERE ordinal = ?'),
    deleteSpan: db.prepare('DELETE FROM span WHERE id = ?'),
    deleteSpanRecord: db.prepare('DELETE FROM span_record WHERE id = ?'),
    deleteSpanText: db.prepare('DELETE FROM span_text WHERE rowid = ?'),
    mergeSpanText: db.prepare(`INSERT INTO span_text (span_text, rank) VALUES ('merge', ${mergePages})`),
    deleteLog: db.prepare<[number], number>('DELETE FROM log WHERE id = ? RETURNING source').pluck(),
    deleteLogText: db.prepare('DELETE FROM log_text WHERE rowid = ?'),
    mergeLogText: db.prepare(`INSERT INTO log_text (log_text, rank) VALUES ('merge', ${mergePages})`),
    deleteSourceAttributes: db.prepare(
      'DELETE FROM source_attribute WHERE source IN (SELECT id FROM source WHERE span_count = 0 AND log_count = 0)',
    ),
    deleteSources: db.prepare('DELETE FROM source WHERE span_count = 0 AND log_count = 0'),
  };
}
