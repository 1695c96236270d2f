import Database from 'better-sqlite3';

/** What `append` binds, in the order of the columns. */
export type SpanRow = readonly [
  traceId: Buffer,
  spanId: Buffer,
  parentSpanId: Buffer,
  service: string,
  name: string,
  kind: number,
  startNs: bigint,
  durationNs: number,
  statusCode: number,
  attributes: string,
  events: string,
  /** Attributes of the resource as JSON; stored once. */
  resource: string,
];

export interface RowStore {
  append(spans: readonly SpanRow[]): void;
  close(): void;
}

/** Durable as the engine's store is: in the write-ahead log when `append` returns. */
export function openRowStore(file: string): RowStore {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -65536');
  db.exec(`
    CREATE TABLE resource (id INTEGER PRIMARY KEY, attributes TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE span (
      id INTEGER PRIMARY KEY,
      trace_id BLOB NOT NULL,
      span_id BLOB NOT NULL,
      parent_span_id BLOB NOT NULL,
      service TEXT NOT NULL,
      name TEXT NOT NULL,
      kind INTEGER NOT NULL,
      start_ns INTEGER NOT NULL,
      duration_ns INTEGER NOT NULL,
      status_code INTEGER NOT NULL,
      attributes TEXT NOT NULL,
      events TEXT NOT NULL,
      resource_id INTEGER NOT NULL REFERENCES resource (id)
    ) STRICT;
    CREATE INDEX span_by_trace ON span (trace_id);
    CREATE INDEX span_by_service ON span (service, start_ns);
    CREATE INDEX span_by_start ON span (start_ns);
    CREATE INDEX span_by_duration ON span (duration_ns);
  `);
  const insert = db.prepare(`
    INSERT INTO span
      (trace_id, span_id, parent_span_id, service, name, kind, start_ns, duration_ns, status_code, attributes, events, resource_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `);
  const resourceIds = new Map<string, number | bigint>();
  const insertResource = db.prepare('INSERT INTO resource (attributes) VALUES (?)');
  const resourceId = (resource: string): number | bigint => {
    const known = resourceIds.get(resource) ?? insertResource.run(resource).lastInsertRowid;
    resourceIds.set(resource, known);
    return known;
  };
  const append = db.transaction((spans: readonly SpanRow[]) => {
    for (const [
      traceId,
      spanId,
      parentSpanId,
      service,
      name,
      kind,
      startNs,
      durationNs,
      statusCode,
      attributes,
      events,
      resource,
    ] of spans) {
      const numbers = [kind, startNs, durationNs, statusCode] as const;
      insert.run(traceId, spanId, parentSpanId, service, name, ...numbers, attributes, events, resourceId(resource));
    }
  });
  return { append, close: () => db.close() };
}

export function countRows(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM span').pluck().get() as number;
  } finally {
    db.close();
  }
}
