import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, it } from 'vitest';
import { attribute, logOf, logsFrom, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '../records.fixture.ts';
import { readSourceSums } from '../source-sums.ts';
import { checkStore } from './check.ts';
import { reindex } from './reindex.ts';
import { openWriter } from './writer.ts';

/** Everything that is derived, with the place of a group and the hash of a source in place of their ids, which are given anew. */
function derived(directory: string): Record<string, unknown[]> {
  const db = new Database(join(directory, 'sidelight.db'), { readonly: true });
  const all = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).safeIntegers().all();
  const groups = new Map(all('SELECT id FROM chunk_group ORDER BY id').map(({ id }, place) => [id, place]));
  const hashes = new Map(all('SELECT id, hex(hash) AS hash FROM source').map(({ id, hash }) => [id, hash]));
  const withHashes = ({ sources, root_source, ...row }: Record<string, unknown>) => ({
    ...row,
    rootSource: hashes.get(root_source),
    sources: readSourceSums(sources as Uint8Array)
      .map(([source, ...counts]) => [hashes.get(BigInt(source)), ...counts])
      .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
  });
  const tables = {
    unsealed: all('SELECT * FROM unsealed ORDER BY chunk'),
    groups: all('SELECT * FROM chunk_group ORDER BY id').map(({ id, ...row }) => ({ ...row, place: groups.get(id) })),
    filter: all('SELECT id % 65536 AS block, bits FROM filter_block ORDER BY id'),
    logChunks: all('SELECT * FROM log_chunk ORDER BY chunk').map(({ group_id, ...row }) => ({ ...row, place: groups.get(group_id) })),
    traces: all('SELECT * FROM trace ORDER BY ordinal').map(withHashes),
    traceLogs: all('SELECT * FROM trace_log ORDER BY trace_id'),
    sources: all('SELECT * FROM source ORDER BY hash').map(({ id, ...row }) => ({ ...row, known: hashes.has(id) })),
    attributes: all('SELECT key, value, hex(hash) AS hash FROM source_attribute JOIN source ON source.id = source ORDER BY 1, 2, 3'),
    store: all('SELECT * FROM store'),
  };
  db.close();
  return tables;
}

let template: string;

beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'sidelight-store-'));
  fill(template);
  return () => rmSync(template, { recursive: true });
});

function filled(): string {
  const directory = temporaryDirectory();
  cpSync(template, directory, { recursive: true });
  return directory;
}

function fill(directory: string): void {
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  for (let n = 0; n < 150; n += 1) {
    const spans = Array.from({ length: n % 5 === 0 ? 20 : 300 }, (_, m) =>
      spanOf({
        traceId: traceIdOf(1 + 40 * n + (m % 60)),
        attributes: [attribute('user.id', `user-${m}`)],
        status: { code: m % 7 === 0 ? 2 : 0, message: '' },
      }),
    );
    const logs = Array.from({ length: n % 3 === 0 ? 10 : 260 }, (_, m) => logOf({ traceId: m % 4 === 0 ? traceIdOf(1 + 40 * n + m) : '' }));
    writer.append([spansFrom(`service ${n % 7}`, ...spans), logsFrom(`service ${n % 11}`, ...logs)]);
    while (writer.prune());
  }
  writer.close();
}

it('makes everything that is derived as it was', () => {
  const directory = filled();
  const before = derived(directory);
  expect(before['groups']).not.toHaveLength(0);
  expect(checkStore(directory)).toEqual([]);
  reindex(directory);
  expect(derived(directory)).toEqual(before);
  expect(checkStore(directory)).toEqual([]);
});

it('mends what is derived', () => {
  const directory = filled();
  const before = derived(directory);
  const db = new Database(join(directory, 'sidelight.db'));
  for (const sql of [
    'UPDATE trace SET span_count = span_count + 1 WHERE ordinal = (SELECT max(ordinal) FROM trace)',
    'DELETE FROM trace_log WHERE trace_id IN (SELECT trace_id FROM trace_log LIMIT 5)',
    "UPDATE group_entries SET entries = x'00'",
    'DELETE FROM filter_block',
    'UPDATE source SET log_count = 7',
    'DELETE FROM unsealed WHERE chunk IN (SELECT chunk FROM unsealed LIMIT 1)',
  ])
    db.exec(sql);
  db.close();
  const problems = checkStore(directory);
  for (const problem of [
    /sums of trace/,
    /log records of trace/,
    /entries of group|Group .* cannot be checked/,
    /counters of source/,
    /neither sealed nor unsealed/,
  ])
    expect(problems.join('\n')).toMatch(problem);
  reindex(directory);
  expect(derived(directory)).toEqual(before);
  expect(checkStore(directory)).toEqual([]);
});

it('finds a chunk that cannot be read', () => {
  const directory = filled();
  const db = new Database(join(directory, 'sidelight.db'));
  db.exec('UPDATE chunk SET data = substr(data, 1, length(data) / 2) WHERE id = (SELECT max(id) FROM chunk WHERE codec <> 0)');
  db.close();
  expect(checkStore(directory)).toContainEqual(expect.stringMatching(/^Chunk \d+ cannot be read/));
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  expect(writer.notices).toEqual([
    expect.stringMatching(/A part of the store is damaged: \d+ of the records that arrived last cannot be read/),
  ]);
  expect(writer.append([spansFrom('a', spanOf({}))])).toEqual([undefined]);
  writer.close();
});
