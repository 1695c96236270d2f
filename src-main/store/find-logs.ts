import type { Database } from 'better-sqlite3';
import type { LogRecord } from '#proto/model/log';
import type { LogPosition, LogQuery } from './interface.ts';
import { planLogs, type Condition, type LogPlan, type TextCondition } from './log-plan.ts';
import { logMatches } from './matching.ts';
import type { SourceRecords } from './source-records.ts';
import { fromSigned } from './unsigned.ts';

/**
 * Log records are listed by time, but the text index knows them by arrival. Where words are rare, all that hold them are sorted. Where they are frequent, time is
 * walked instead, in stretches that grow, and of each the index says which records hold the words. So neither a rare word nor a frequent one reads the whole log.
 */

/** Up to this many matches are sorted, which takes milliseconds. */
const maxSorted = 20_000;
const firstStretch = 1_000;
const longestStretch = 64_000;

export interface LogRow extends LogPosition {
  source: number;
  /** The context, not the record's own field; empty for none, like the next. */
  traceId: string;
  spanId: string;
  record: LogRecord;
}

interface Candidate {
  id: number;
  source: number;
}

export function findLogs(db: Database, sources: SourceRecords, query: LogQuery): LogRow[] {
  const plan = planLogs(query, sources);
  const read = logReader(db);
  const found: LogRow[] = [];
  for (const { id, source } of candidates(db, plan, query.order)) {
    const row = read(id);
    if (row === undefined) throw new Error('A log record is listed but not stored.');
    if (!plan.attributes.every(({ test, sources: having }) => having.has(source) || logMatches(row.record, test))) continue;
    found.push(row);
    if (found.length === query.limit) break;
  }
  return found;
}

/** Records that meet the plan's columns and texts, in the order asked for; the attributes are still to be verified. */
function candidates(db: Database, plan: LogPlan, order: LogQuery['order']): Iterable<Candidate> {
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  const byTime = `ORDER BY time_ns ${direction}, id ${direction}`;
  const required = plan.texts.filter(({ sources }) => sources.size === 0).map(({ expression }) => `(${expression})`);
  if (required.length > 0 && isRare(db, required.join(' AND '))) {
    const conditions = [{ sql: 'log_text MATCH ?', values: [required.join(' AND ')] }, ...plan.columns];
    return select(db, 'log_text CROSS JOIN log ON log.id = log_text.rowid', conditions, byTime);
  }
  const walk = select(db, 'log', plan.columns, byTime);
  return plan.texts.length === 0 ? walk : inStretches(db, walk, plan.texts);
}

function isRare(db: Database, expression: string): boolean {
  const matches = db
    .prepare<[string, number], number>('SELECT count(*) FROM (SELECT 1 FROM log_text WHERE log_text MATCH ? LIMIT ?)')
    .pluck();
  return (matches.get(expression, maxSorted + 1) ?? 0) <= maxSorted;
}

function select(db: Database, from: string, conditions: readonly Condition[], byTime: string): IterableIterator<Candidate> {
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
  return db
    .prepare<unknown[], Candidate>(`SELECT log.id, source FROM ${from} ${where} ${byTime}`)
    .iterate(...conditions.flatMap(({ values }) => values));
}

function* inStretches(db: Database, walk: IterableIterator<Candidate>, texts: readonly TextCondition[]): Generator<Candidate> {
  const matches = db
    .prepare<[string, number, number], number>(
      'SELECT rowid FROM log_text WHERE log_text MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)',
    )
    .pluck();
  try {
    for (let length = firstStretch; ; length = Math.min(length * 2, longestStretch)) {
      let stretch = take(walk, length);
      if (stretch.length === 0) return;
      for (const { expression, sources } of texts) {
        if (stretch.length === 0) break;
        const [first, last] = idRange(stretch);
        const matching = new Set(matches.iterate(expression, first, last));
        stretch = stretch.filter(({ id, source }) => matching.has(id) || sources.has(source));
      }
      yield* stretch;
    }
  } finally {
    walk.return?.();
  }
}

function take(walk: IterableIterator<Candidate>, count: number): Candidate[] {
  const taken: Candidate[] = [];
  while (taken.length < count) {
    const next = walk.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

function idRange(stretch: readonly Candidate[]): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const { id } of stretch) {
    if (id < first) first = id;
    if (id > last) last = id;
  }
  return [first, last];
}

/** Reads one record by its place in the order of arrival; `undefined` where none is stored there. */
export function logReader(db: Database): (id: number) => LogRow | undefined {
  const statement = db
    .prepare<[number], { time_ns: bigint; source: bigint; trace_id: string | null; span_id: string | null; record: string }>(
      'SELECT time_ns, source, trace_id, span_id, record FROM log WHERE id = ?',
    )
    .safeIntegers();
  return (id) => {
    const row = statement.get(id);
    if (row === undefined) return undefined;
    return {
      id,
      effectiveTimeNs: fromSigned(row.time_ns),
      source: Number(row.source),
      traceId: row.trace_id ?? '',
      spanId: row.span_id ?? '',
      record: JSON.parse(row.record) as LogRecord,
    };
  };
}
