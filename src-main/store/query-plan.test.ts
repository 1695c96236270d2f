import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { Query } from '#proto/model/query';
import { findLogs, logReader } from './find-logs.ts';
import { findTraces } from './find-traces.ts';
import { attribute, logOf, logsFrom, spanOf, spansFrom, temporaryDirectory, traceIdOf } from './records.fixture.ts';
import { SourceRecords } from './source-records.ts';
import { SpanRows } from './span-rows.ts';
import { TraceSummaries } from './trace-summaries.ts';
import { openWriter } from './writer.ts';

/** What SQLite reports where it would read a table from end to end. A virtual table is its own index; the small ones below are read whole on purpose. */
const readsWhole = /^SCAN (?!.*(?:USING (?:COVERING )?INDEX|VIRTUAL TABLE))/;

const queries: Query[] = [
  [],
  [{ kind: 'service', name: 'api' }],
  [{ kind: 'text', text: 'hello', prefix: true }],
  [{ kind: 'attribute', key: 'http.method', value: 'GET' }],
  [
    { kind: 'service', name: 'api' },
    { kind: 'text', text: 'hello world', prefix: false },
    { kind: 'attribute', key: 'zone', value: 'eu' },
  ],
];

it('answers every question that lists and timelines ask by an index', () => {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  onTestFinished(() => writer.close());
  const span = spanOf({ attributes: [attribute('http.method', 'GET')] });
  writer.append([spansFrom('api', span), logsFrom('api', logOf({ traceId: span.traceId }))]);

  const asked = new Set<string>();
  const db = new Database(join(directory, 'sidelight.db'), { readonly: true, verbose: (sql) => asked.add(String(sql)) });
  onTestFinished(() => void db.close());
  const sources = new SourceRecords(db);
  for (const query of [
    ...queries,
    [{ kind: 'status', status: 'error' }],
    [{ kind: 'status', status: 'ok' }],
    [{ kind: 'status', status: 'unset' }],
  ] as Query[]) {
    findTraces(db, sources, { query, limit: 50, before: 1_000_000 });
  }
  const log = { limit: 50, traceId: undefined, spanId: undefined, minSeverity: 0, order: 'newest', after: undefined } as const;
  const after = { effectiveTimeNs: 1_800_000_000_000_000_000n, id: 9 };
  for (const query of queries) {
    findLogs(db, sources, { ...log, query });
    findLogs(db, sources, { ...log, query, order: 'oldest', minSeverity: 17, after: { effectiveTimeNs: 0n, id: 0 } });
    findLogs(db, sources, { ...log, query, after });
    findLogs(db, sources, { ...log, query, traceId: span.traceId, spanId: span.spanId, after });
  }
  const summaries = new TraceSummaries(db);
  summaries.read(summaries.ordinalOf(span.traceId) ?? 0);
  const spans = new SpanRows(db, sources);
  expect([...spans.outlines(1)]).toHaveLength(1);
  spans.page(1, 100, { startNs: 5n, id: 5 });
  spans.read(1, span.spanId);
  expect([...spans.eventMoments(1, 10)]).toHaveLength(0);
  expect(logReader(db)(1)).toBeDefined();
  summaries.ordinalOf(traceIdOf(77));

  const statements = [...asked].filter((sql) => sql.startsWith('SELECT'));
  expect(statements.length).toBeGreaterThan(25);
  const plans = statements.map((sql) => ({
    sql,
    whole: (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .filter((detail) => readsWhole.test(detail)),
  }));
  const small = /^SCAN (?:json_each|\(subquery-\d+\)|CONSTANT ROW)/;
  expect(plans.filter(({ whole }) => whole.some((detail) => !small.test(detail)))).toEqual([]);
});
