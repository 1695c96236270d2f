import type { Database } from 'better-sqlite3';

/** What is added to the counters of a source, or taken from them. */
interface Change {
  spans: number;
  errors: number;
  logs: number;
  /** The newest chunk in which the source occurs, and the newest arrival; 0 where they stay as they are. */
  chunk: number;
  receivedNs: bigint;
}

/** Collects what a transaction does to the counters of `source`, and writes each row once. */
export class SourceChanges {
  readonly #bySource = new Map<number, Change>();

  add(source: number, { spans = 0, errors = 0, logs = 0, chunk = 0, receivedNs = 0n }: Partial<Change>): void {
    const change = this.#bySource.get(source);
    if (change === undefined) {
      this.#bySource.set(source, { spans, errors, logs, chunk, receivedNs });
      return;
    }
    change.spans += spans;
    change.errors += errors;
    change.logs += logs;
    if (chunk > change.chunk) change.chunk = chunk;
    if (receivedNs > change.receivedNs) change.receivedNs = receivedNs;
  }

  [Symbol.iterator](): IterableIterator<[number, Change]> {
    return this.#bySource.entries();
  }
}

/** The counters of `source`, and their sums, which are asked for after every commit. */
export class SourceCounters {
  readonly #change;
  readonly #unused;
  readonly #deletes;
  readonly #sum;
  #sums: { spans: number; logs: number };

  constructor(db: Database) {
    this.#change = db.prepare(
      `UPDATE source SET span_count = span_count + ?, error_count = error_count + ?, log_count = log_count + ?, last_chunk = max(last_chunk, ?),
         last_seen_ns = max(last_seen_ns, ?) WHERE id = ?`,
    );
    this.#unused = db
      .prepare<[], number>(
        'SELECT id FROM source WHERE span_count = 0 AND log_count = 0 AND last_chunk < (SELECT coalesce(min(id), 9223372036854775807) FROM chunk)',
      )
      .pluck();
    this.#deletes = [
      db.prepare<[number]>('DELETE FROM source_attribute WHERE source = ?'),
      db.prepare<[number]>('DELETE FROM source WHERE id = ?'),
    ];
    this.#sum = db.prepare<[], { spans: number; logs: number }>(
      'SELECT coalesce(sum(span_count), 0) AS spans, coalesce(sum(log_count), 0) AS logs FROM source',
    );
    this.#sums = this.#read();
  }

  /** Spans and log records of all that is sealed, as of the last `refresh`. */
  get sums(): Readonly<{ spans: number; logs: number }> {
    return this.#sums;
  }

  /** After each transaction that wrote, also one that was rolled back. */
  refresh(): void {
    this.#sums = this.#read();
  }

  #read(): { spans: number; logs: number } {
    return this.#sum.get() ?? { spans: 0, logs: 0 };
  }

  write(changes: SourceChanges): void {
    for (const [source, { spans, errors, logs, chunk, receivedNs }] of changes)
      this.#change.run(spans, errors, logs, chunk, receivedNs, source);
  }

  /** Deletes the sources of which nothing is left, sealed or not. `isUsed`: by an unsealed chunk. */
  deleteUnused(isUsed: (source: number) => boolean): void {
    for (const id of this.#unused.all()) {
      if (isUsed(id)) continue;
      for (const statement of this.#deletes) statement.run(id);
    }
  }
}
