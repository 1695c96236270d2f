import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Query } from '#proto/model/query';
import { StoreUnavailableError, type Append, type TelemetryReader, type TelemetryWriter } from '../interface.ts';
import { openReader } from '../read/reader.ts';
import { attribute, everyLog, logOf, logsFrom, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '../records.fixture.ts';
import { checkStore } from './check.ts';
import { reindex } from './reindex.ts';
import { openWriter, type OpenedWriter } from './writer.ts';

const mebibyte = 2 ** 20;

function bytesIn(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

function prune(writer: TelemetryWriter): void {
  for (let calls = 0; writer.prune(); calls += 1) expect(calls).toBeLessThan(1000);
}

const pool = randomBytes(3 * mebibyte).toString('base64');

/** Text that hardly compresses, another one for each number. */
function noise(number: number, bytes: number): string {
  const at = (number * 1511) % (pool.length - bytes);
  return pool.slice(at, at + bytes);
}

/** Ten traces of ten spans, with words that only they have. */
function tracesFrom(first: number, bytes = 300): Append {
  const spans = Array.from({ length: 100 }, (_, n) =>
    spanOf({
      traceId: traceIdOf(first + (n % 10)),
      name: `name${first + (n % 10)}`,
      attributes: [attribute('text', noise(first * 100 + n, bytes))],
    }),
  );
  return spansFrom(`service ${Math.floor(first / 100)}`, ...spans);
}

const everything: Query = { kind: 'and', of: [] };

function open(options: { maxStoredBytes: number; maxAgeMs?: number }): {
  directory: string;
  writer: OpenedWriter;
  reader: TelemetryReader;
} {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, options);
  const reader = openReader(directory);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  return { directory, writer, reader };
}

describe('prune', () => {
  it('keeps the store below what is allowed, whole and newest', () => {
    const maxStoredBytes = 5 * mebibyte;
    const { directory, writer, reader } = open({ maxStoredBytes });
    for (let first = 1; first <= 2000; first += 10) {
      const lines = Array.from({ length: 20 }, (_, n) => logOf({ body: { stringValue: `line ${first} ${n} ${noise(first + n, 100)}` } }));
      writer.append([tracesFrom(first), logsFrom('logs', ...lines)]);
      prune(writer);
      expect(bytesIn(directory)).toBeLessThanOrEqual(maxStoredBytes * 1.1);
    }
    const counts = reader.counts();
    expect(counts).toEqual(writer.counts());
    expect(counts.bytes).toBeLessThanOrEqual(maxStoredBytes);
    expect(counts.traces).toBeGreaterThan(100);
    expect(counts.traces).toBeLessThan(1900);
    expect(counts.logs).toBeLessThan(4000);

    const traces = reader.findTraces({ query: everything, limit: 10_000, before: undefined }).map(({ summary }) => summary);
    const newest = Array.from({ length: counts.traces }, (_, n) => traceIdOf(2000 - n));
    expect(traces.map(({ traceId }) => traceId).toSorted()).toEqual(newest.toSorted());
    for (const { traceId, spanCount } of traces) {
      expect(spanCount).toBe(10);
      expect(reader.spans(traceId, 100, undefined)).toHaveLength(10);
    }
    expect(counts.spans).toBe(traces.length * 10);
    const found = (text: string): number =>
      reader.findTraces({ query: { kind: 'text', text, prefix: false }, limit: 10, before: undefined }).length;
    expect([found('name1'), found('name2000')]).toEqual([0, 1]);
    expect(reader.services().map(({ name }) => name)).not.toContain('service 0');
    expect(reader.services().map(({ name }) => name)).toContain('service 19');
    expect(checkStore(directory)).toEqual([]);
  });

  it('drops sealed groups with everything that is derived from them', () => {
    const { directory, writer, reader } = open({ maxStoredBytes: 6 * mebibyte });
    let dropped = false;
    for (let n = 0; n < 170; n += 1) {
      const spans = Array.from({ length: 256 }, (_, m) =>
        spanOf({ traceId: traceIdOf(1 + 10 * n + (m % 20)), attributes: [attribute('text', noise(n * 256 + m, 200))] }),
      );
      const logs = Array.from({ length: 256 }, (_, m) =>
        logOf({ traceId: traceIdOf(1 + 10 * n + (m % 30)), body: { stringValue: noise(m, 60) } }),
      );
      writer.append([spansFrom(`service ${n}`, ...spans), logsFrom(`service ${n}`, ...logs)]);
      prune(writer);
      if (!dropped && n % 10 === 0 && reader.services().every(({ name }) => name !== 'service 0')) {
        dropped = true;
        expect(checkStore(directory)).toEqual([]);
      }
    }
    expect(dropped).toBe(true);
    expect(checkStore(directory)).toEqual([]);
    expect(reader.counts()).toEqual(writer.counts());
    const db = new Database(join(directory, 'sidelight.db'), { readonly: true });
    onTestFinished(() => void db.close());
    const count = (sql: string): unknown => db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();
    expect(count('chunk_group')).toBeGreaterThan(0);
    expect(count('group_entries')).toBe(count('chunk_group'));
    expect(count('filter_block WHERE id / 65536 NOT IN (SELECT id FROM chunk_group)')).toBe(0);
    expect(count('log_chunk WHERE chunk NOT IN (SELECT id FROM chunk)')).toBe(0);
    expect(count('trace WHERE ordinal <= (SELECT horizon FROM store)')).toBe(0);
    expect(count('source_attribute WHERE source NOT IN (SELECT id FROM source)')).toBe(0);
    expect(count('source')).toBeLessThan(300);
  });

  it('takes a trace out of sight at once, also where spans of it came later', () => {
    const { directory, writer, reader } = open({ maxStoredBytes: 4 * mebibyte });
    const big = (count: number) =>
      Array.from({ length: count }, (_, n) => spanOf({ traceId: traceIdOf(1), attributes: [attribute('text', `big ${noise(n, 1500)}`)] }));
    writer.append([spansFrom('big', ...big(5000))]);
    writer.append([spansFrom('big', ...big(10)), spansFrom('small', spanOf({ traceId: traceIdOf(2) }))]);
    expect(writer.prune()).toBe(true);
    expect(reader.traceSummary(traceIdOf(1))).toBeUndefined();
    expect(reader.findTraces({ query: { kind: 'text', text: 'big', prefix: false }, limit: 10, before: undefined })).toEqual([]);
    expect(reader.counts()).toMatchObject({ traces: 1, spans: 1 });
    expect(writer.counts()).toMatchObject({ traces: 1, spans: 1 });
    prune(writer);
    expect(bytesIn(directory)).toBeLessThanOrEqual(4 * mebibyte * 1.1);
    // A late span of it begins it anew.
    writer.append([spansFrom('big', spanOf({ traceId: traceIdOf(1) }))]);
    expect(reader.traceSummary(traceIdOf(1))).toMatchObject({ spanCount: 1 });
    expect(writer.counts()).toMatchObject({ traces: 2, spans: 2 });
    expect(checkStore(directory)).toEqual([]);
  });

  it('does nothing to a store that is small enough', () => {
    const { writer } = open({ maxStoredBytes: 100 * mebibyte });
    writer.append([tracesFrom(1)]);
    expect(writer.prune()).toBe(false);
    expect(writer.counts()).toMatchObject({ traces: 10, spans: 100 });
  });

  it('drops what arrived too long ago', () => {
    const day = 24 * 3600 * 1000;
    const directory = temporaryDirectory();
    const now = BigInt(Date.now()) * 1_000_000n;
    const old = now - 3n * BigInt(day) * 1_000_000n;
    const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
    for (let n = 0; n < 70; n += 1) {
      const spans = Array.from({ length: 256 }, (_, m) => spanOf({ traceId: traceIdOf(1 + n + (m % 5)) }));
      writer.append([
        { ...spansFrom('old', ...spans), receivedNs: old },
        { ...logsFrom('old', logOf({})), receivedNs: old },
      ]);
      prune(writer);
    }
    writer.append([{ ...spansFrom('new', spanOf({ traceId: traceIdOf(1000) })), receivedNs: now }]);
    writer.close();
    const ageing = openWriter(directory, { maxStoredBytes: 2 ** 30, maxAgeMs: day });
    onTestFinished(() => ageing.close());
    expect(ageing.counts()).toMatchObject({ traces: 75, logs: 70 });
    prune(ageing);
    expect(ageing.counts()).toMatchObject({ traces: 1, spans: 1, logs: 0 });
    expect(checkStore(directory)).toEqual([]);
  });
});

describe('a pinned trace', () => {
  it('outlives retention with its spans and its log records, sealed or not, however often', () => {
    const { directory, writer, reader } = open({ maxStoredBytes: 5 * mebibyte });
    expect(writer.pin(traceIdOf(7), true)).toBe(false);
    const spans = Array.from({ length: 40 }, (_, n) => spanOf({ traceId: traceIdOf(1_000_000), name: `span ${n}` }));
    const log = logOf({ traceId: traceIdOf(1_000_000), body: { stringValue: 'kept' } });
    writer.append([spansFrom('pinned', ...spans.slice(0, 20)), logsFrom('pinned', log, logOf({}))]);
    const [logId] = reader.findLogs({ ...everyLog, traceId: traceIdOf(1_000_000) }).map(({ id }) => id);
    expect(writer.pin(traceIdOf(1_000_000), true)).toBe(true);
    const { receivedTimeUnixNano } = reader.traceSummary(traceIdOf(1_000_000)) ?? {};
    for (let first = 1; first <= 3000; first += 10) {
      const late = first === 501 ? [spansFrom('pinned', ...spans.slice(20))] : [];
      const requests = [tracesFrom(first), ...late, { ...logsFrom('logs', ...Array.from({ length: 30 }, () => logOf({}))) }];
      writer.append(requests);
      prune(writer);
    }
    expect(reader.counts().traces).toBeLessThan(2500);
    expect(reader.counts()).toEqual(writer.counts());
    expect(reader.traceSummary(traceIdOf(1_000_000))).toMatchObject({ spanCount: 40, logCount: 1, pinned: true, receivedTimeUnixNano });
    expect(
      reader
        .spans(traceIdOf(1_000_000), 100, undefined)
        .map(({ span }) => span.name)
        .toSorted(),
    ).toEqual(spans.map(({ name }) => name).toSorted());
    expect(reader.findLogs({ ...everyLog, traceId: traceIdOf(1_000_000) }).map(({ id }) => id)).toEqual([logId]);
    expect(checkStore(directory)).toEqual([]);

    expect(writer.pin(traceIdOf(1_000_000), false)).toBe(true);
    expect(reader.traceSummary(traceIdOf(1_000_000))).toBeUndefined();
    expect(writer.counts().traces).toBe(reader.counts().traces);
    expect(checkStore(directory)).toEqual([]);
  });

  it('is carried over out of a sealed group', () => {
    const directory = temporaryDirectory();
    const ages = (maxAgeMs?: number) => openWriter(directory, { maxStoredBytes: 2 ** 30, ...(maxAgeMs === undefined ? {} : { maxAgeMs }) });
    let writer = ages();
    for (let n = 0; n < 130; n += 1) {
      const spans = Array.from({ length: 256 }, (_, m) => spanOf({ traceId: traceIdOf(1 + (m % 100 === 7 ? 0 : n + m)) }));
      const logs = Array.from({ length: 256 }, (_, m) => logOf({ traceId: traceIdOf(1 + (m % 50)) }));
      // The second group of each signal is new.
      const receivedNs = n < 64 ? 1n : BigInt(Date.now()) * 1_000_000n;
      writer.append([
        { ...spansFrom('a', ...spans), receivedNs },
        { ...logsFrom('a', ...logs), receivedNs },
      ]);
      prune(writer);
    }
    writer.pin(traceIdOf(1), true);
    writer.close();
    const spansOf = (): number | undefined => {
      const reader = openReader(directory);
      const summary = reader.traceSummary(traceIdOf(1));
      expect(reader.spans(traceIdOf(1), 10_000, undefined)).toHaveLength(summary?.spanCount ?? 0);
      expect(reader.findLogs({ ...everyLog, limit: 10_000, traceId: traceIdOf(1) })).toHaveLength(summary?.logCount ?? 0);
      expect(summary?.logCount).toBe(130 * 6);
      reader.close();
      return summary?.spanCount;
    };
    const before = spansOf();
    writer = ages(3_600_000);
    prune(writer);
    expect(checkStore(directory)).toEqual([]);
    expect(spansOf()).toBe(before);
    writer.close();
    reindex(directory);
    expect(checkStore(directory)).toEqual([]);
    expect(spansOf()).toBe(before);
  });

  it('stays where nothing but pinned traces is left to drop', () => {
    const { writer, reader } = open({ maxStoredBytes: 2 * mebibyte });
    const spans = Array.from({ length: 3000 }, (_, n) => spanOf({ traceId: traceIdOf(1), attributes: [attribute('text', noise(n, 800))] }));
    writer.append([spansFrom('pinned', ...spans)]);
    writer.pin(traceIdOf(1), true);
    prune(writer);
    expect(reader.traceSummary(traceIdOf(1))).toMatchObject({ spanCount: 3000 });
    expect(writer.prune()).toBe(false);
  });
});

/** A disk of its own that can be filled; needs the right to mount, which a test on a developer's machine seldom has. */
function smallDisk(megabytes: number): string | undefined {
  const directory = temporaryDirectory();
  const mounted = spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]).status === 0;
  if (!mounted) return undefined;
  onTestFinished(() => void spawnSync('/usr/bin/umount', ['-l', directory]));
  return directory;
}

/** Whether the store took it; false where it said that the disk is full. */
function taken(writer: TelemetryWriter, request: Append): boolean {
  try {
    return writer.append([request])[0] === undefined;
  } catch (error) {
    if (error instanceof StoreUnavailableError && error.message === 'The disk is full.') return false;
    throw error;
  }
}

/** Takes all of a small disk. Returns the function that gives it back. */
function fill(disk: string): () => void {
  const files = Array.from({ length: 24 }, (_, n) => join(disk, `hog${n}`));
  for (const file of files) {
    try {
      writeFileSync(file, Buffer.alloc(mebibyte, 1));
    } catch (error) {
      if (!String(error).includes('ENOSPC')) throw error;
    }
  }
  return () => files.forEach((file) => rmSync(file, { force: true }));
}

describe('a full disk', () => {
  it('costs the oldest records, and none is refused twice', ({ skip }) => {
    const disk = smallDisk(24);
    if (disk === undefined) return skip('This needs the right to mount a file system.');
    const directory = join(disk, 'data');
    mkdirSync(directory);
    const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
    onTestFinished(() => writer.close());
    let refused = 0;
    const last = 3991;
    for (let first = 1; first <= last; first += 10) {
      if (taken(writer, tracesFrom(first, 1000))) continue;
      refused += 1;
      expect(taken(writer, tracesFrom(first, 1000))).toBe(true);
    }
    expect(refused).toBeGreaterThan(0);
    const reader = openReader(directory);
    onTestFinished(() => reader.close());
    expect(reader.traceSummary(traceIdOf(last))).toMatchObject({ spanCount: 10 });
    expect(reader.counts().traces).toBeGreaterThan(100);
  });

  it('is told, and over when somebody makes room', ({ skip }) => {
    const disk = smallDisk(24);
    if (disk === undefined) return skip('This needs the right to mount a file system.');
    const directory = join(disk, 'data');
    const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
    onTestFinished(() => writer.close());
    writer.append([tracesFrom(1)]);
    let release = fill(disk);
    const outcomes = Array.from({ length: 60 }, (_, n) => {
      const outcome = taken(writer, tracesFrom(11 + 10 * n));
      release = fill(disk);
      return outcome;
    });
    expect(outcomes).toContain(false);
    release();
    expect(writer.append([tracesFrom(2001)])).toEqual([undefined]);
    expect(statSync(join(directory, 'ballast')).size).toBe(4 * mebibyte);
  });
});
