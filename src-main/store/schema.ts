import type { Database } from 'better-sqlite3';

/**
 * Grows with every change of the tables below or of what is in their blobs. `PRAGMA user_version` says which one a store has; one of an older version has what is derived made
 * anew when it is opened for writing (`write/open-database.ts`). 3: filters know the traces that links name. 4: imports.
 */
export const schemaVersion = 4;

/** How many chunks are sealed into one group at most: the bits of a filter's word. */
export const chunksPerGroup = 64;

/** `chunk.signal` and `chunk_group.signal`. */
export const signalCode = { traces: 1, logs: 2 } as const;

const importTables = `
    -- state: one of ImportState (interface.ts). report: JSON, what was said of the file when it was read.
    CREATE TABLE import (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      imported_ns INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      file_hash BLOB NOT NULL,
      state TEXT NOT NULL,
      report TEXT NOT NULL
    ) STRICT;
    CREATE INDEX chunk_by_import ON chunk (import) WHERE import > 0;
`;

/**
 * OTLP at rest. The truth is `chunk`: the OTLP protobuf of every accepted record (`TracesData`, `LogsData`), compressed, in order of arrival, and `batch`, which requests those came
 * in. Everything else is derived from it and can be made again from it (`write/reindex.ts`).
 *
 * A chunk is *unsealed* at first: nothing but its bytes is stored, and whoever has to know what is in it walks them. Small ones (`codec` 0, as is) are merged into full ones while
 * they are unsealed. 64 full ones of one signal are *sealed* into a group: their entries (what each record looks like in a few bytes) and their filter (which terms occur in which
 * chunk) are written, and their traces are added up. A group is also what retention drops.
 *
 * A trace lives while its ordinal is above `store.horizon` or in `pin`. Spans of one that does not are still in chunks that are not dropped yet; nothing shows or counts them. A late
 * span of such a trace begins it anew, under a new ordinal.
 *
 * Records of a file that a person opened are an *import*. Its chunks and groups are its own (`import` in them, 0 for what was received), so that it can be told from all other data, and taken
 * out of it again.
 *
 * Times that a client sent (start, end, time of a log) are unsigned 64-bit nanoseconds, moved into SQLite's signed range with their order kept (`unsigned.ts`). Times of arrival
 * (`received_ns`, `last_seen_ns`) are this machine's, and stored as they are.
 */
export function createSchema(db: Database): void {
  db.exec(`
    -- One row. horizon: traces up to this ordinal are gone, but for pinned ones. trace_count: rows of trace, which would be slow to count. last_ordinal: of traces that were taken
    -- out, so that none is given twice.
    CREATE TABLE store (
      id TEXT NOT NULL,
      horizon INTEGER NOT NULL,
      next_log INTEGER NOT NULL,
      trace_count INTEGER NOT NULL,
      last_ordinal INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO store (id, horizon, next_log, trace_count) VALUES (lower(hex(randomblob(16))), 0, 1, 0);

    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      payload_hash BLOB NOT NULL UNIQUE,
      received_ns INTEGER NOT NULL,
      signal INTEGER NOT NULL,
      record_count INTEGER NOT NULL
    ) STRICT;

    -- arrival: traces: the ordinal of each distinct trace, in order of appearance, uint32 little endian. Logs: runs of (first id, count, received_ns), each uint64 little endian: a
    -- record's id is its place in the order of arrival.
    -- received: traces: when these first arrived, in runs of (distinct traces, received_ns), each uint64 little endian; a run of 0 traces says when the last span did. Logs: empty.
    CREATE TABLE chunk (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      signal INTEGER NOT NULL,
      codec INTEGER NOT NULL,
      record_count INTEGER NOT NULL,
      raw_bytes INTEGER NOT NULL,
      arrival BLOB NOT NULL,
      received BLOB NOT NULL,
      data BLOB NOT NULL,
      import INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    ${importTables}
    CREATE TABLE unsealed (chunk INTEGER PRIMARY KEY, signal INTEGER NOT NULL, record_count INTEGER NOT NULL) STRICT;

    -- chunks: their ids, uint32 little endian; place in it = bit in the filter. first_ordinal, last_ordinal: of its traces; longest_ns: no span took longer. All 0 for logs.
    CREATE TABLE chunk_group (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      signal INTEGER NOT NULL,
      chunks BLOB NOT NULL,
      record_count INTEGER NOT NULL,
      first_ordinal INTEGER NOT NULL,
      last_ordinal INTEGER NOT NULL,
      longest_ns INTEGER NOT NULL,
      filter_blocks INTEGER NOT NULL,
      import INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX chunk_group_by_signal ON chunk_group (signal, id);
    -- Entries of the group's chunks in order (index/span-entry.ts, index/log-entry.ts), behind the length of each (group-entries.ts).
    CREATE TABLE group_entries (id INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
    -- id = group * 65536 + block (index/term-filter.ts).
    CREATE TABLE filter_block (id INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT;

    -- Logs are listed by time; one row a sealed chunk.
    CREATE TABLE log_chunk (
      chunk INTEGER PRIMARY KEY,
      group_id INTEGER NOT NULL,
      min_time_ns INTEGER NOT NULL,
      max_time_ns INTEGER NOT NULL,
      first_log INTEGER NOT NULL,
      last_log INTEGER NOT NULL
    ) STRICT;

    -- Sums over what is sealed, of traces that live. sources: by source, spans and errors (source-sums.ts). chunks: ids, uint32 little endian, ascending.
    CREATE TABLE trace (
      ordinal INTEGER PRIMARY KEY,
      trace_id BLOB NOT NULL UNIQUE,
      received_ns INTEGER NOT NULL,
      has_root INTEGER NOT NULL,
      root_name TEXT NOT NULL,
      root_source INTEGER NOT NULL,
      root_start_ns INTEGER NOT NULL,
      start_ns INTEGER NOT NULL,
      end_ns INTEGER NOT NULL,
      span_count INTEGER NOT NULL,
      error_count INTEGER NOT NULL,
      sources BLOB NOT NULL,
      chunks BLOB NOT NULL
    ) STRICT;
    CREATE TABLE trace_log (trace_id BLOB PRIMARY KEY, log_count INTEGER NOT NULL, chunks BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE pin (trace_id BLOB PRIMARY KEY, ordinal INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    -- A resource together with a scope, interned, with counters of what is sealed; all 0 where it occurs in unsealed chunks only. resource, scope: OTLP/JSON. last_chunk: the
    -- newest sealed chunk that it occurs in.
    CREATE TABLE source (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hash BLOB NOT NULL UNIQUE,
      resource TEXT NOT NULL,
      scope TEXT NOT NULL,
      service_name TEXT NOT NULL,
      service_namespace TEXT NOT NULL,
      language TEXT NOT NULL,
      last_seen_ns INTEGER NOT NULL,
      last_chunk INTEGER NOT NULL,
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
  `);
}

/** Version 3 knew no imports. What it stored stays as it is. Inside a transaction. */
export function addImports(db: Database): void {
  db.exec(`
    ALTER TABLE store ADD COLUMN last_ordinal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE chunk ADD COLUMN import INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE chunk_group ADD COLUMN import INTEGER NOT NULL DEFAULT 0;
    ${importTables}
  `);
}
