import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { codec } from '../codec.ts';
import { chunksPerGroup } from '../schema.ts';
import {
  logOf,
  logsFrom,
  resourceOf,
  plainScope,
  requestOfSpans,
  spanOf,
  spansFrom,
  temporaryDirectory,
  traceIdOf,
} from '../records.fixture.ts';
import { checkStore } from './check.ts';
import { openWriter } from './writer.ts';

const options = { maxStoredBytes: 2 ** 30 };

function open() {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, options);
  const db = new Database(join(directory, 'sidelight.db'), { readonly: true });
  onTestFinished(() => {
    db.close();
    writer.close();
  });
  const chunks = () =>
    db.prepare<[], { id: number; codec: number; record_count: number }>('SELECT id, codec, record_count FROM chunk ORDER BY id').all();
  const count = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  const settle = () => {
    while (writer.prune());
  };
  return { directory, writer, db, chunks, count, settle };
}

/** Spans of as many traces, each numbered. */
const spans = (from: number, count: number) => Array.from({ length: count }, (_, n) => spanOf({ traceId: traceIdOf(from + n) }));

describe('small exports', () => {
  it('are one small chunk a commit, as they are', () => {
    const { directory, writer, chunks, count } = open();
    writer.append([spansFrom('a', ...spans(1, 20)), spansFrom('b', ...spans(21, 20)), logsFrom('c', logOf({}), logOf({}))]);
    expect(chunks()).toMatchObject([
      { codec: codec.asIs, record_count: 40 },
      { codec: codec.asIs, record_count: 2 },
    ]);
    expect(count('unsealed')).toBe(2);
    expect(writer.counts()).toMatchObject({ traces: 40, spans: 40, logs: 2 });
    expect(checkStore(directory)).toEqual([]);
  });

  it('are joined into full chunks, in their order', () => {
    const { directory, writer, chunks, db } = open();
    for (let from = 1; from <= 600; from += 20) writer.append([spansFrom(`service ${from % 3}`, ...spans(from, 20))]);
    const [full, ...small] = chunks();
    expect(full).toMatchObject({ codec: codec.zstd, record_count: 520 });
    expect(small.map((chunk) => chunk.record_count)).toEqual([20, 20, 20, 20]);
    const arrival = db.prepare<[], Buffer>('SELECT arrival FROM chunk ORDER BY id LIMIT 1').pluck().get() ?? Buffer.alloc(0);
    expect([...new Uint32Array(new Uint8Array(arrival).buffer)]).toEqual(Array.from({ length: 520 }, (_, n) => n + 1));
    expect(writer.counts()).toMatchObject({ traces: 600, spans: 600 });
    expect(checkStore(directory)).toEqual([]);
  });

  it('are joined within one commit, too', () => {
    const { directory, writer, chunks } = open();
    writer.append(Array.from({ length: 60 }, (_, n) => spansFrom('a', ...spans(1 + 20 * n, 20))));
    expect(chunks().map((chunk) => chunk.record_count)).toEqual([520, 520, 160]);
    expect(checkStore(directory)).toEqual([]);
  });

  it('of log records keep the ids and the times of arrival that they had', () => {
    const { directory, writer, db, chunks } = open();
    for (let n = 0; n < 30; n += 1)
      writer.append([spansFrom('a', ...spans(1 + n, 1)), logsFrom('a', ...Array.from({ length: 20 }, () => logOf({})))]);
    const logs = db
      .prepare<[], { arrival: Buffer; record_count: number }>('SELECT arrival, record_count FROM chunk WHERE signal = 2 ORDER BY id')
      .all();
    expect(logs.map((chunk) => chunk.record_count)).toEqual([520, 20, 20, 20, 20]);
    const runs = new BigUint64Array(new Uint8Array(logs[0]?.arrival ?? Buffer.alloc(0)).buffer);
    // They arrived at one time according to the fixture, so they are one run.
    expect([...runs]).toEqual([1n, 520n, 1_700_000_001_000_000_000n]);
    expect(chunks().filter((chunk) => chunk.codec === codec.asIs)).toHaveLength(34);
    expect(checkStore(directory)).toEqual([]);
  });

  it('are found again after the store was closed', () => {
    const directory = temporaryDirectory();
    for (let from = 1; from <= 600; from += 20) {
      const writer = openWriter(directory, options);
      writer.append([spansFrom('a', ...spans(from, 20))]);
      expect(writer.counts()).toMatchObject({ traces: from + 19, spans: from + 19 });
      writer.close();
    }
    expect(checkStore(directory)).toEqual([]);
  });
});

describe('a group', () => {
  it('is sealed when 64 chunks are full, and adds its traces up', () => {
    const { directory, writer, count, settle, db } = open();
    for (let n = 0; n < chunksPerGroup; n += 1) {
      expect(count('chunk_group')).toBe(0);
      writer.append([
        spansFrom(`service ${n % 3}`, ...Array.from({ length: 256 }, (_, m) => spanOf({ traceId: traceIdOf(1 + n + (m % 3)) }))),
      ]);
      settle();
    }
    expect([count('chunk_group'), count('unsealed'), count('chunk'), count('trace')]).toEqual([1, 0, 64, 66]);
    expect(writer.counts()).toMatchObject({ traces: 66, spans: 64 * 256 });
    expect(db.prepare('SELECT first_ordinal, last_ordinal, record_count FROM chunk_group').get()).toEqual({
      first_ordinal: 1,
      last_ordinal: 66,
      record_count: 16_384,
    });
    expect(checkStore(directory)).toEqual([]);
  });

  it('is sealed earlier where it has many traces, so that nobody waits for long', () => {
    const { directory, writer, count, settle, db } = open();
    for (let n = 0; n < 33; n += 1) writer.append([spansFrom('a', ...spans(1 + 256 * n, 256))]);
    settle();
    expect([count('chunk_group'), count('unsealed'), count('trace')]).toEqual([1, 1, 8192]);
    expect(db.prepare('SELECT trace_count FROM store').pluck().get()).toBe(8192);
    expect(checkStore(directory)).toEqual([]);
  });

  it('goes on with traces that began in one before', () => {
    const { directory, writer, settle, count } = open();
    for (let n = 0; n < 2 * chunksPerGroup + 3; n += 1) {
      const items = Array.from({ length: 256 }, (_, m) =>
        spanOf({ traceId: traceIdOf(1 + (m % 10)), parentSpanId: n === 70 && m === 5 ? '' : '00000000000000aa' }),
      );
      writer.append([spansFrom(`service ${n % 4}`, ...items)]);
      settle();
    }
    expect([count('chunk_group'), count('trace'), count('unsealed')]).toEqual([2, 10, 3]);
    expect(writer.counts()).toMatchObject({ traces: 10, spans: 131 * 256 });
    expect(checkStore(directory)).toEqual([]);
  });

  it('of log records lists its chunks by time and its records by trace', () => {
    const { directory, writer, settle, count, db } = open();
    for (let n = 0; n < chunksPerGroup; n += 1) {
      const items = Array.from({ length: 256 }, (_, m) =>
        logOf({ timeUnixNano: String(1_700_000_000_000_000_000n + BigInt(1000 * n + m)), traceId: m % 2 === 0 ? traceIdOf(1 + n) : '' }),
      );
      writer.append([logsFrom('a', ...items)]);
      settle();
    }
    expect([count('chunk_group'), count('log_chunk'), count('trace_log'), count('unsealed')]).toEqual([1, 64, 64, 0]);
    expect(
      db.prepare('SELECT first_log, last_log, max_time_ns - min_time_ns AS span FROM log_chunk ORDER BY chunk LIMIT 1 OFFSET 1').get(),
    ).toEqual({
      first_log: 257,
      last_log: 512,
      span: 255,
    });
    expect(writer.counts()).toMatchObject({ logs: 16_384 });
    expect(checkStore(directory)).toEqual([]);
  });

  it('is sealed without being asked to when far too many wait', () => {
    const { writer, count } = open();
    const request = spansFrom('a', ...Array.from({ length: 256 }, () => spanOf({})));
    for (let n = 0; n < 3 * chunksPerGroup; n += 1) writer.append([{ ...request, payloadHash: Buffer.from([n]) }]);
    expect(count('chunk_group')).toBe(1);
  });
});

describe('a request', () => {
  it('of twenty thousand spans becomes chunks of a thousand', () => {
    const { directory, writer, chunks, settle } = open();
    const items = Array.from({ length: 20_000 }, (_, n) => spanOf({ traceId: traceIdOf(1 + (n % 1000)) }));
    writer.append([requestOfSpans([{ resource: resourceOf('a'), scope: plainScope, items }])]);
    expect(Math.max(...chunks().map((chunk) => chunk.record_count))).toBeLessThanOrEqual(1024);
    settle();
    expect(writer.counts()).toMatchObject({ traces: 1000, spans: 20_000 });
    expect(checkStore(directory)).toEqual([]);
  });
});
