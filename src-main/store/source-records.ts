import type { Database } from 'better-sqlite3';
import type { ServiceSummary } from '#proto/bridge/shapes';
import type { Resource, Scope } from '#proto/model/resource';
import { attributeNames } from '#proto/model/semantic-conventions';

/** Who produced a record. */
export interface SourceRecord {
  resource: Resource;
  scope: Scope;
  serviceName: string;
}

/** Parsed sources that are remembered. A page of records names a few dozen. */
const maxRemembered = 500;

interface ServiceRow {
  name: string;
  namespace: string;
  language: string;
  span_count: bigint;
  error_count: bigint;
  log_count: bigint;
  last_seen_ns: bigint;
}

/** Reads sources (`sources.ts` writes them). */
export class SourceRecords {
  readonly #records = new Map<number, SourceRecord>();
  readonly #read;
  readonly #ofService;
  readonly #withAttribute;
  readonly #services;

  constructor(db: Database) {
    this.#read = db.prepare<[number], { resource: string; scope: string; service_name: string }>(
      'SELECT resource, scope, service_name FROM source WHERE id = ?',
    );
    this.#ofService = db.prepare<[string], number>('SELECT id FROM source WHERE service_name = ?').pluck();
    this.#withAttribute = db.prepare<[string, string], number>('SELECT source FROM source_attribute WHERE key = ? AND value = ?').pluck();
    this.#services = db
      .prepare<[], ServiceRow>(
        `SELECT service_name AS name, service_namespace AS namespace, max(language) AS language, sum(span_count) AS span_count, sum(error_count) AS error_count,
           sum(log_count) AS log_count, max(last_seen_ns) AS last_seen_ns
         FROM source GROUP BY service_name, service_namespace ORDER BY service_name, service_namespace`,
      )
      .safeIntegers();
  }

  read(id: number): SourceRecord {
    let record = this.#records.get(id);
    if (record === undefined) {
      const row = this.#read.get(id);
      if (row === undefined) throw new Error('A record is stored without its source.');
      record = { resource: JSON.parse(row.resource) as Resource, scope: JSON.parse(row.scope) as Scope, serviceName: row.service_name };
      if (this.#records.size >= maxRemembered) this.#records.clear();
      this.#records.set(id, record);
    }
    return record;
  }

  ofService(name: string): number[] {
    return this.#ofService.all(name);
  }

  /** Sources whose resource or scope has the attribute under any of its names. */
  withAttribute(key: string, value: string): number[] {
    return [...new Set(attributeNames(key).flatMap((name) => this.#withAttribute.all(name, value)))];
  }

  services(): ServiceSummary[] {
    return this.#services.all().map((row) => ({
      name: row.name,
      namespace: row.namespace,
      spanCount: Number(row.span_count),
      errorCount: Number(row.error_count),
      logCount: Number(row.log_count),
      lastSeenUnixNano: String(row.last_seen_ns),
      language: row.language,
    }));
  }
}
