import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pathsIn } from '../data-directory.ts';
import type { Append, StoredImport, TelemetryReader } from '../interface.ts';
import { openReader } from '../read/reader.ts';
import { everyLog, logOf, logsFrom, spanIdOf, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '../records.fixture.ts';
import { checkStore } from './check.ts';
import { reindex } from './reindex.ts';
import { openWriter, type OpenedWriter } from './writer.ts';

const everything = { kind: 'and' as const, of: [] };

class Store {
  readonly directory = temporaryDirectory();
  writer = openWriter(this.directory, { maxStoredBytes: 1e9 });

  constructor() {
    onTestFinished(() => this.writer.close());
  }

  append(...appends: Append[]): void {
    for (const outcome of this.writer.append(appends)) if (outcome) throw outcome;
    while (this.writer.prune());
  }

  importFile(name: string, ...appends: Append[]): number {
    const id = this.writer.beginImport(fileOf(name));
    this.writer.recognizeImport(id, hashOf(name));
    this.append(...appends.map((append) => ({ ...append, importId: id })));
    this.writer.finishImport(id, 'report');
    return id;
  }

  reopen(): void {
    this.writer.close();
    this.writer = openWriter(this.directory, { maxStoredBytes: 1e9 });
  }

  read<Answer>(question: (reader: TelemetryReader) => Answer): Answer {
    const reader = openReader(this.directory);
    try {
      return question(reader);
    } finally {
      reader.close();
    }
  }

  traces(importId?: number): string[] {
    return this.read((reader) =>
      reader.findTraces({ query: everything, limit: 10_000, before: undefined, importId }).map(({ summary }) => summary.traceId),
    );
  }

  imports(): StoredImport[] {
    return this.read((reader) => reader.imports());
  }
}

function fileOf(name: string) {
  return { name, importedNs: 5n, bytes: 10 };
}

const hashOf = (name: string): Uint8Array => createHash('sha256').update(name).digest();

function removeAll(writer: OpenedWriter, id: number): void {
  while (writer.removeImport(id));
}

/** Full chunks of a service, each with traces of its own. */
function manySpans(service: string, from: number, chunks: number): Append[] {
  return Array.from({ length: chunks }, (_, chunk) =>
    spansFrom(service, ...Array.from({ length: 300 }, (__, n) => spanOf({ traceId: traceIdOf(from + chunk * 100 + (n % 100)) }))),
  );
}

describe('an import', () => {
  it('is told from what was received, by trace and in a list', () => {
    const store = new Store();
    store.append(spansFrom('live', spanOf({ traceId: traceIdOf(1) })));
    const id = store.importFile('a.json', spansFrom('file', spanOf({ traceId: traceIdOf(2) })), logsFrom('file', logOf({})));
    store.append(spansFrom('live', spanOf({ traceId: traceIdOf(3) }), spanOf({ traceId: traceIdOf(2) })));

    expect(store.imports()).toEqual([
      { id, name: 'a.json', importedNs: 5n, bytes: 10, state: 'complete', report: 'report', spans: 1, logs: 1 },
    ]);
    expect(store.traces(id)).toEqual([traceIdOf(2)]);
    const origin = { importId: id, name: 'a.json', importedTimeUnixNano: '5' };
    store.read((reader) => {
      expect(reader.traceSummary(traceIdOf(1))).not.toHaveProperty('importedFrom');
      expect(reader.traceSummary(traceIdOf(2))).toMatchObject({ spanCount: 2, importedFrom: [origin] });
      expect(reader.traceColumns(traceIdOf(2))?.summary.importedFrom).toEqual([origin]);
    });
    expect(checkStore(store.directory)).toEqual([]);
  });

  it('is known by its file, until it is removed', () => {
    const store = new Store();
    const id = store.importFile('a.json', spansFrom('file', spanOf({})));
    const again = store.writer.beginImport(fileOf('renamed.json'));
    expect(again).toBeGreaterThan(id);
    expect(store.writer.recognizeImport(again, hashOf('a.json'))).toBe(id);
    removeAll(store.writer, id);
    expect(store.writer.recognizeImport(again, hashOf('a.json'))).toBeUndefined();
  });

  it('that the app ended in the middle of says so, and can be removed', () => {
    const store = new Store();
    const id = store.writer.beginImport(fileOf('a.json'));
    store.append({ ...spansFrom('file', spanOf({})), importId: id });
    store.reopen();
    expect(store.imports()).toMatchObject([{ id, state: 'interrupted', spans: 1 }]);
    removeAll(store.writer, id);
    expect(store.imports()).toEqual([]);
    expect(store.writer.counts()).toMatchObject({ traces: 0, spans: 0, logs: 0 });
  });
});

describe('removing an import', () => {
  it('leaves everything else as it was, sealed or not', () => {
    const store = new Store();
    const shared = traceIdOf(7);
    store.append(
      ...manySpans('live', 1000, 70),
      spansFrom('live', spanOf({ traceId: shared, startTimeUnixNano: '500', endTimeUnixNano: '600' })),
    );
    store.append(logsFrom('live', logOf({ traceId: shared, spanId: spanIdOf(1) })));
    const before = store.read((reader) => ({
      counts: { ...store.writer.counts(), bytes: 0 },
      services: reader.services(),
      shared: reader.traceSummary(shared),
      traces: store.traces(),
    }));

    const early = spanOf({ traceId: shared, startTimeUnixNano: '100', endTimeUnixNano: '900', name: 'earlier root' });
    const failed = spanOf({ traceId: shared, status: { code: 2, message: '' }, parentSpanId: spanIdOf(9) });
    const logs = Array.from({ length: 300 }, () => logOf({ traceId: shared }));
    const id = store.importFile('big.json', ...manySpans('file', 50_000, 70), spansFrom('file', early, failed), logsFrom('file', ...logs));
    const more = Array.from({ length: 66 }, (_, n) =>
      spansFrom('live', ...Array.from({ length: 300 }, () => spanOf({ traceId: traceIdOf(90_000 + n) }))),
    );
    store.append(...more);
    store.writer.pin(traceIdOf(50_000), true);
    store.writer.pin(shared, true);
    expect(checkStore(store.directory)).toEqual([]);
    expect(store.read((reader) => reader.traceSummary(shared))).toMatchObject({
      startTimeUnixNano: '100',
      rootName: 'earlier root',
      logCount: 301,
    });

    removeAll(store.writer, id);
    expect(checkStore(store.directory)).toEqual([]);
    const after = store.read((reader) => ({
      counts: { ...store.writer.counts(), bytes: 0 },
      services: reader.services(),
      shared: reader.traceSummary(shared),
      logs: reader.findLogs(everyLog).length,
    }));
    expect(after.counts).toEqual({ ...before.counts, traces: before.counts.traces + 66, spans: before.counts.spans + 66 * 300 });
    expect(after.services.map(({ name }) => name)).toEqual(['live']);
    expect(after.shared).toEqual({ ...before.shared, pinned: true });
    expect(after.logs).toBe(1);
    expect(store.traces().filter((traceId) => before.traces.includes(traceId))).toEqual(before.traces);
    expect(store.traces()).toHaveLength(before.traces.length + 66);
    store.reopen();
    expect({ ...store.writer.counts(), bytes: 0 }).toEqual(after.counts);
  });

  it('goes on after the app ended in the middle of it', () => {
    const store = new Store();
    const id = store.importFile('big.json', ...manySpans('file', 1, 130));
    store.append(spansFrom('live', spanOf({ traceId: traceIdOf(999_999) })));
    expect(store.writer.removeImport(id)).toBe(true);
    store.reopen();
    expect(checkStore(store.directory)).toEqual([]);
    while (store.writer.prune());
    expect(store.imports()).toEqual([]);
    expect(store.traces()).toEqual([traceIdOf(999_999)]);
    expect(checkStore(store.directory)).toEqual([]);
  });

  it('gives no ordinal twice: what comes again is new', () => {
    const store = new Store();
    store.append(spansFrom('live', spanOf({ traceId: traceIdOf(1) })));
    const id = store.importFile('a.json', spansFrom('file', spanOf({ traceId: traceIdOf(2) })));
    const ordinals = () =>
      store.read((reader) => reader.findTraces({ query: everything, limit: 9, before: undefined }).map(({ ordinal }) => ordinal));
    const [last = 0] = ordinals();
    removeAll(store.writer, id);
    store.reopen();
    store.append(spansFrom('live', spanOf({ traceId: traceIdOf(2) })));
    expect(ordinals()[0]).toBeGreaterThan(last);
  });

  it('of one that is none does nothing', () => {
    expect(new Store().writer.removeImport(12)).toBe(false);
  });
});

it('retention drops the oldest chunks first, also where a file was sealed before what had come earlier', () => {
  const store = new Store();
  store.append(...manySpans('live', 1, 10));
  store.importFile('a.json', ...manySpans('file', 50_000, 5));
  store.append(...manySpans('live', 100_000, 60));
  store.writer.close();
  store.writer = openWriter(store.directory, { maxStoredBytes: 1e9, maxAgeMs: 1 });
  while (store.writer.prune());
  expect(store.writer.counts()).toMatchObject({ traces: 0, spans: 0 });
  expect(store.imports()).toEqual([]);
  expect(checkStore(store.directory)).toEqual([]);
});

it('indexing anew keeps what is imported apart', () => {
  const store = new Store();
  const id = store.importFile('a.json', ...manySpans('file', 1, 3));
  store.append(...manySpans('live', 10_000, 3));
  const traces = store.traces(id);
  store.writer.close();
  reindex(store.directory);
  store.writer = openWriter(store.directory, { maxStoredBytes: 1e9 });
  expect(store.traces(id).toSorted()).toEqual(traces.toSorted());
  removeAll(store.writer, id);
  expect(store.traces()).toHaveLength(300);
  expect(checkStore(store.directory)).toEqual([]);
});

it('a store of the version before has its data carried over', () => {
  const store = new Store();
  store.append(...manySpans('live', 1, 66));
  const traces = store.traces();
  store.writer.close();
  const db = new Database(pathsIn(store.directory).database);
  db.exec(`DROP INDEX chunk_by_import; DROP TABLE import; ALTER TABLE chunk DROP COLUMN import; ALTER TABLE chunk_group DROP COLUMN import;
    ALTER TABLE store DROP COLUMN last_ordinal; PRAGMA user_version = 3`);
  db.close();
  store.writer = openWriter(store.directory, { maxStoredBytes: 1e9 });
  expect(store.traces().toSorted()).toEqual(traces.toSorted());
  const id = store.importFile('a.json', spansFrom('file', spanOf({ traceId: traceIdOf(500_000) })));
  expect(store.traces(id)).toEqual([traceIdOf(500_000)]);
  expect(checkStore(store.directory)).toEqual([]);
});
