import type { Database } from 'better-sqlite3';
import { readUint32s, writeUint32s } from '../chunk-rows.ts';
import { readSourceSums, writeSourceSums, type SourceSum } from '../source-sums.ts';
import { toSigned } from '../unsigned.ts';
import type { TraceSum } from '../trace-sum.ts';
import { sumOfRow, type TraceSumRow } from '../trace-sum-row.ts';

/** A row of `trace`. */
export interface SealedTrace {
  sum: TraceSum;
  /** When its first span arrived. */
  receivedNs: bigint;
  /** Ascending. */
  chunks: number[];
}

interface Row extends TraceSumRow {
  ordinal: bigint;
  received_ns: bigint;
  chunks: Buffer;
}

/** The table `trace`, and how many rows it has. */
export class TraceRows {
  readonly #read;
  readonly #exists;
  readonly #last;
  readonly #count;
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #upTo;
  readonly #addToCount;

  constructor(db: Database) {
    this.#read = db.prepare<[number], Row>('SELECT * FROM trace WHERE ordinal = ?').safeIntegers();
    this.#exists = db.prepare<[number], number>('SELECT 1 FROM trace WHERE ordinal = ?').pluck();
    this.#last = db.prepare<[], number>('SELECT max(ordinal) FROM trace').pluck();
    this.#count = db.prepare<[], number>('SELECT trace_count FROM store').pluck();
    this.#insert = db.prepare(
      `INSERT INTO trace (received_ns, has_root, root_name, root_source, root_start_ns, start_ns, end_ns, span_count, error_count, sources, chunks, ordinal, trace_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = db.prepare(
      `UPDATE trace SET received_ns = ?, has_root = ?, root_name = ?, root_source = ?, root_start_ns = ?, start_ns = ?, end_ns = ?, span_count = ?, error_count = ?,
         sources = ?, chunks = ? WHERE ordinal = ?`,
    );
    this.#delete = db.prepare<[number], Buffer>('DELETE FROM trace WHERE ordinal = ? RETURNING sources').pluck();
    this.#upTo = db.prepare<[number], number>('SELECT ordinal FROM trace WHERE ordinal <= ? ORDER BY ordinal').pluck();
    this.#addToCount = db.prepare<[number]>('UPDATE store SET trace_count = trace_count + ?');
  }

  read(ordinal: number): SealedTrace | undefined {
    const row = this.#read.get(ordinal);
    if (row === undefined) return undefined;
    return { sum: sumOfRow(row), receivedNs: row.received_ns, chunks: [...readUint32s(row.chunks)] };
  }

  has(ordinal: number): boolean {
    return this.#exists.get(ordinal) !== undefined;
  }

  /** 0 where there is none. */
  lastOrdinal(): number {
    return this.#last.get() ?? 0;
  }

  count(): number {
    return this.#count.get() ?? 0;
  }

  insert(ordinal: number, traceId: Uint8Array, trace: SealedTrace): void {
    this.#insert.run(...columnsOf(trace), ordinal, traceId);
  }

  update(ordinal: number, trace: SealedTrace): void {
    this.#update.run(...columnsOf(trace), ordinal);
  }

  /** Returns what it added to its sources; `undefined` where there is no such row. */
  delete(ordinal: number): SourceSum[] | undefined {
    const sources = this.#delete.get(ordinal);
    return sources === undefined ? undefined : readSourceSums(sources);
  }

  /** In their order. */
  ordinalsUpTo(ordinal: number): number[] {
    return this.#upTo.all(ordinal);
  }

  /** Keeps the count of rows, which would be slow to count; once a transaction, not once a row. */
  addToCount(rows: number): void {
    if (rows !== 0) this.#addToCount.run(rows);
  }
}

function columnsOf({ sum, receivedNs, chunks }: SealedTrace): unknown[] {
  return [
    receivedNs,
    sum.hasRoot ? 1 : 0,
    sum.rootName,
    sum.rootSource,
    toSigned(sum.rootStartNs),
    toSigned(sum.startNs),
    toSigned(sum.endNs),
    sum.spanCount,
    sum.errorCount,
    writeSourceSums(sum.sources),
    writeUint32s(chunks),
  ];
}
