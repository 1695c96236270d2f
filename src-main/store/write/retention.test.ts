import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreUnavailableError, type Append, type TelemetryWriter } from './interface.ts';
import { openReader } from './reader.ts';
import { attribute, logOf, logsFrom, spanIdOf, spanOf, spansFrom, temporaryDirectory, traceIdOf } from './records.fixture.ts';
import { openWriter } from './writer.ts';

const mebibyte = 2 ** 20;

function bytesIn(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

function prune(writer: TelemetryWriter): void {
  for (let calls = 0; writer.prune(); calls += 1) expect(calls).toBeLessThan(1000);
}

/** Ten traces of ten spans, with words that only they have. */
function tracesFrom(first: number): Append {
  const spans = Array.from({ length: 100 }, (_, n) =>
    spanOf({
      traceId: traceIdOf(first + (n % 10)),
      name: `name${first + (n % 10)}`,
      attributes: [attribute('text', `unique${first}x${n} `.repeat(40))],
    }),
  );
  return spansFrom(`service ${Math.floor(first / 100)}`, ...spans);
}

describe('prune', () => {
  it('keeps the store below what is allowed, whole and newest', () => {
    const directory = temporaryDirectory();
    const maxStoredBytes = 6 * mebibyte;
    const writer = openWriter(directory, { maxStoredBytes });
    const reader = openReader(directory);
    onTestFinished(() => {
      reader.close();
      writer.close();
    });
    let written = 0;
    for (let first = 1; first <= 1500; first += 10) {
      writer.append([
        tracesFrom(first),
        logsFrom('logs', ...Array.from({ length: 20 }, (_, n) => logOf({ body: { stringValue: `line ${first} ${n} `.repeat(20) } }))),
      ]);
      written += 1;
      prune(writer);
      expect(bytesIn(directory)).toBeLessThanOrEqual(maxStoredBytes * 1.1);
    }
    const counts = reader.counts();
    expect(counts.bytes).toBeLessThanOrEqual(maxStoredBytes);
    expect(counts.traces).toBeGreaterThan(100);
    expect(counts.traces).toBeLessThan(written * 10);
    expect(counts.logs).toBeLessThan(written * 20);

    const traces = reader.findTraces({ query: [], limit: 10_000, before: undefined }).map(({ summary }) => summary);
    const newest = Array.from({ length: traces.length }, (_, n) => traceIdOf(1500 - n));
    expect(traces.map(({ traceId }) => traceId).toSorted()).toEqual(newest.toSorted());
    for (const { traceId, spanCount } of traces) {
      expect(spanCount).toBe(10);
      expect(reader.spans(traceId, 100, undefined)).toHaveLength(10);
    }
    expect(counts.spans).toBe(traces.length * 10);
    const found = (text: string): number =>
      reader.findTraces({ query: [{ kind: 'text', text, prefix: false }], limit: 10, before: undefined }).length;
    expect([found('name1'), found('name1500')]).toEqual([0, 1]);
    expect(reader.services().map(({ name }) => name)).not.toContain('service 0');
    expect(reader.services().map(({ name }) => name)).toContain('service 14');
  });

  it('leaves no row behind of what is gone', () => {
    const directory = temporaryDirectory();
    const writer = openWriter(directory, { maxStoredBytes: 3 * mebibyte });
    for (let first = 1; first <= 600; first += 10)
      writer.append([tracesFrom(first), logsFrom('logs', logOf({ body: { stringValue: 'x '.repeat(5000) } }))]);
    prune(writer);
    writer.close();
    const db = new Database(join(directory, 'sidelight.db'), { readonly: true });
    onTestFinished(() => void db.close());
    const count = (sql: string): unknown => db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();
    expect(count('span')).toBeGreaterThan(0);
    expect(count('span WHERE trace NOT IN (SELECT ordinal FROM trace)')).toBe(0);
    expect(count('span_record')).toBe(count('span'));
    expect(count('span_text_docsize')).toBe(count('span'));
    expect(count('log_text_docsize')).toBe(count('log'));
    expect(count('trace_source WHERE trace NOT IN (SELECT ordinal FROM trace)')).toBe(0);
    expect(count('source WHERE id NOT IN (SELECT source FROM span UNION SELECT source FROM log)')).toBe(0);
    expect(count('source_attribute WHERE source NOT IN (SELECT id FROM source)')).toBe(0);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('takes a trace out of sight at once and its spans piece by piece', () => {
    const directory = temporaryDirectory();
    const writer = openWriter(directory, { maxStoredBytes: 4 * mebibyte });
    const reader = openReader(directory);
    onTestFinished(() => {
      reader.close();
      writer.close();
    });
    const big = Array.from({ length: 5000 }, (_, n) =>
      spanOf({ traceId: traceIdOf(1), spanId: spanIdOf(n + 1), attributes: [attribute('text', 'big '.repeat(200))] }),
    );
    writer.append([spansFrom('big', ...big)]);
    writer.append([spansFrom('small', spanOf({ traceId: traceIdOf(2) }))]);
    expect(writer.prune()).toBe(true);
    expect(reader.traceSummary(traceIdOf(1))).toBeUndefined();
    expect(reader.findTraces({ query: [{ kind: 'text', text: 'big', prefix: false }], limit: 10, before: undefined })).toEqual([]);
    expect(reader.counts()).toMatchObject({ traces: 1, spans: 1 });
    prune(writer);
    expect(bytesIn(directory)).toBeLessThanOrEqual(4 * mebibyte * 1.1);
    // A late span of it begins it anew.
    writer.append([spansFrom('big', spanOf({ traceId: traceIdOf(1) }))]);
    expect(reader.traceSummary(traceIdOf(1))).toMatchObject({ spanCount: 1 });
  });

  it('does nothing to a store that is small enough', () => {
    const writer = openWriter(temporaryDirectory(), { maxStoredBytes: 100 * mebibyte });
    onTestFinished(() => writer.close());
    writer.append([tracesFrom(1)]);
    expect(writer.prune()).toBe(false);
    expect(writer.counts()).toMatchObject({ traces: 10, spans: 100 });
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
      if (taken(writer, tracesFrom(first))) continue;
      refused += 1;
      expect(taken(writer, tracesFrom(first))).toBe(true);
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
