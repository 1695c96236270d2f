import type { Database } from 'better-sqlite3';
import type { ScopedRecords } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import { logContext, logServiceName } from '#proto/model/semantic-conventions';
import type { Arrival } from './ledger.ts';
import { logText } from './search-text.ts';
import { serviceNameOf, type Sources } from './sources.ts';
import type { TextQueue } from './text-queue.ts';
import { toSigned } from './unsigned.ts';

/** Writes log records and keeps the counters of their sources. */
export class LogAppender {
  readonly #sources: Sources;
  readonly #texts: TextQueue;
  readonly #insert;
  readonly #countInSource;

  constructor(db: Database, sources: Sources, texts: TextQueue) {
    this.#sources = sources;
    this.#texts = texts;
    this.#insert = db.prepare('INSERT INTO log (batch, time_ns, severity, source, trace_id, span_id, record) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#countInSource = db.prepare('UPDATE source SET log_count = log_count + ?, last_seen_ns = max(last_seen_ns, ?) WHERE id = ?');
  }

  append(groups: readonly ScopedRecords<LogRecord>[], arrival: Arrival): number {
    const bySource = new Map<number, number>();
    for (const { resource, scope, items } of groups) {
      if (items.length === 0) continue;
      const named = serviceNameOf(resource) !== '';
      const common = this.#sources.idOf(resource, scope);
      for (const record of items) {
        const impliedService = named ? '' : logServiceName(record);
        const source = impliedService === '' ? common : this.#sources.idOf(resource, scope, impliedService);
        this.#add(record, source, arrival);
        bySource.set(source, (bySource.get(source) ?? 0) + 1);
      }
    }
    return this.#count(bySource, arrival.receivedNs);
  }

  #add(record: LogRecord, source: number, { batch, receivedNs }: Arrival): void {
    const { traceId, spanId } = logContext(record);
    const time = toSigned(effectiveTimeNs(record, receivedNs));
    const id = this.#insert.run(
      batch,
      time,
      record.severityNumber,
      source,
      traceId || null,
      spanId || null,
      JSON.stringify(record),
    ).lastInsertRowid;
    this.#texts.add(Number(id), logText(record));
  }

  #count(bySource: ReadonlyMap<number, number>, receivedNs: bigint): number {
    let total = 0;
    for (const [source, count] of bySource) {
      this.#countInSource.run(count, receivedNs, source);
      total += count;
    }
    return total;
  }
}

/** When it happened, else when a collector saw it, else when it arrived here (logs data model, "Timestamp"). */
function effectiveTimeNs({ timeUnixNano, observedTimeUnixNano }: LogRecord, receivedNs: bigint): bigint {
  const time = BigInt(timeUnixNano);
  if (time !== 0n) return time;
  const observed = BigInt(observedTimeUnixNano);
  return observed === 0n ? receivedNs : observed;
}
