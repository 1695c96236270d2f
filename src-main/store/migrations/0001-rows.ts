import type { Database } from 'better-sqlite3';

/**
 * The first schema: one row a record, exact as OTLP/JSON, beside the few columns that lists and timelines read.
 *
 * - Times are unsigned 64-bit nanoseconds, moved into SQLite's signed range with their order kept (`unsigned.ts`).
 * - `source` is a resource together with a scope, interned. Its counters are those of what is stored now.
 * - A span's id is its trace's ordinal and its place of arrival in the trace (`span-id.ts`): spans of a trace lie side by side, older traces lie first, and a
 *   full-text match tells its trace, newest first, without a look at any row.
 * - The text indexes hold no text (`content=''`), only where words are; `search-text.ts` says what goes in.
 */
export function rows(db: Database): void {
  db.exec(`
    CREATE TABLE store (id TEXT NOT NULL) STRICT;
    INSERT INTO store (id) VALUES (lower(hex(randomblob(16))));

    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      payload_hash BLOB NOT NULL UNIQUE,
      received_ns INTEGER NOT NULL,
      signal TEXT NOT NULL,
      record_count INTEGER NOT NULL,
      last_trace INTEGER NOT NULL,
      last_log INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE source (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hash BLOB NOT NULL UNIQUE,
      resource TEXT NOT NULL,
      scope TEXT NOT NULL,
      service_name TEXT NOT NULL,
      service_namespace TEXT NOT NULL,
      language TEXT NOT NULL,
      last_seen_ns INTEGER NOT NULL,
      span_count INTEGER NOT NULL DEFAULT 0,
      error_count INTEGER NOT NULL DEFAULT 0,
      log_count INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX source_by_service ON source (service_name);

    CREATE TABLE source_attribute (
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      source INTEGER NOT NULL,
      PRIMARY KEY (key, value, source)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX source_attribute_by_source ON source_attribute (source);

    CREATE TABLE trace (
      ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
      trace_id TEXT NOT NULL UNIQUE,
      batch INTEGER NOT NULL,
      received_ns INTEGER NOT NULL,
      has_root INTEGER NOT NULL,
      root_name TEXT NOT NULL,
      root_source INTEGER NOT NULL,
      root_start_ns INTEGER NOT NULL,
      start_ns INTEGER NOT NULL,
      end_ns INTEGER NOT NULL,
      span_count INTEGER NOT NULL,
      error_count INTEGER NOT NULL,
      ok_count INTEGER NOT NULL,
      unset_count INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX trace_with_error ON trace (ordinal) WHERE error_count > 0;
    CREATE INDEX trace_with_ok ON trace (ordinal) WHERE ok_count > 0;
    CREATE INDEX trace_with_unset ON trace (ordinal) WHERE unset_count > 0;

    CREATE TABLE trace_source (
      source INTEGER NOT NULL,
      trace INTEGER NOT NULL,
      span_count INTEGER NOT NULL,
      error_count INTEGER NOT NULL,
      PRIMARY KEY (source, trace)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trace_source_by_trace ON trace_source (trace);

    CREATE TABLE span (
      id INTEGER PRIMARY KEY,
      trace INTEGER NOT NULL,
      span_id TEXT NOT NULL,
      parent_span_id TEXT,
      source INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind INTEGER NOT NULL,
      status_code INTEGER NOT NULL,
      status_message TEXT NOT NULL,
      start_ns INTEGER NOT NULL,
      end_ns INTEGER NOT NULL,
      event_count INTEGER NOT NULL,
      UNIQUE (trace, span_id)
    ) STRICT;
    CREATE TABLE span_record (id INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE span_text USING fts5 (text, content='', contentless_delete=1, detail=full, tokenize='unicode61 remove_diacritics 2');

    CREATE TABLE log (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      batch INTEGER NOT NULL,
      time_ns INTEGER NOT NULL,
      severity INTEGER NOT NULL,
      source INTEGER NOT NULL,
      trace_id TEXT,
      span_id TEXT,
      record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX log_by_time ON log (time_ns, id, severity, source);
    CREATE INDEX log_by_trace ON log (trace_id, time_ns, id, span_id) WHERE trace_id IS NOT NULL;
    CREATE VIRTUAL TABLE log_text USING fts5 (text, content='', contentless_delete=1, detail=full, tokenize='unicode61 remove_diacritics 2');
  `);
}
