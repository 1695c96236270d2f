import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DataDirectoryInUseError, ForeignDatabaseError, NewerStoreError, StoreUnavailableError } from '../interface.ts';
import { openReader } from '../read/reader.ts';
import { logOf, logsFrom, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '../records.fixture.ts';
import { openWriter } from './writer.ts';

const options = { maxStoredBytes: 2 ** 30 };
const mode = (path: string): number => statSync(path).mode & 0o777;
const databaseIn = (directory: string): string => join(directory, 'sidelight.db');

function filled(directory: string, requests: number): void {
  const writer = openWriter(directory, options);
  for (let n = 0; n < requests; n += 1)
    writer.append([spansFrom('api', spanOf({ traceId: traceIdOf(n + 1) })), logsFrom('api', logOf({}))]);
  writer.close();
}

/** The files of a store as kill -9 leaves them, write-ahead log and all. */
function killedCopy(directory: string, requests: number): string {
  const writer = openWriter(directory, options);
  for (let n = 0; n < requests; n += 1) writer.append([spansFrom('api', spanOf({ traceId: traceIdOf(n + 1) }))]);
  const copy = temporaryDirectory();
  for (const name of ['sidelight.db', 'sidelight.db-wal', 'acknowledged']) copyFileSync(join(directory, name), join(copy, name));
  writer.close();
  return copy;
}

function overwrite(path: string, bytes: number, offset: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0x41), 0, bytes, offset);
  closeSync(file);
}

function opened(directory: string) {
  const writer = openWriter(directory, options);
  const { notices } = writer;
  const counts = writer.counts();
  expect(writer.append([spansFrom('api', spanOf({ traceId: traceIdOf(999) }))])).toEqual([undefined]);
  writer.close();
  return { notices, counts };
}

describe('a data directory', () => {
  it('is made, and is for nobody else to read', () => {
    const directory = join(temporaryDirectory(), 'a b', 'ünïcödé');
    const writer = openWriter(directory, options);
    writer.append([spansFrom('api', spanOf({}))]);
    expect(mode(directory)).toBe(0o700);
    for (const name of readdirSync(directory)) expect({ name, mode: mode(join(directory, name)) }).toEqual({ name, mode: 0o600 });
    expect(writer.notices).toEqual([]);
    writer.close();
  });

  it('keeps what is in it', () => {
    const directory = temporaryDirectory();
    filled(directory, 3);
    expect(opened(directory)).toMatchObject({ notices: [], counts: { traces: 3, spans: 3, logs: 3 } });
  });

  it('has one writer at a time', () => {
    const directory = temporaryDirectory();
    const writer = openWriter(directory, options);
    expect(() => openWriter(directory, options)).toThrow(DataDirectoryInUseError);
    expect(() => openWriter(directory, options)).toThrow(`Another Sidelight is using ${directory}.`);
    writer.close();
    openWriter(directory, options).close();
  });

  it('has one writer among processes, and is free again when that one is killed', async () => {
    const directory = temporaryDirectory();
    const script = `
      import { openWriter } from ${JSON.stringify(new URL('writer.ts', import.meta.url).href)};
      globalThis.writer = openWriter(process.argv[1], { maxStoredBytes: 1e9 });
      process.stdout.write('open');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(() => openWriter(directory, options)).toThrow(DataDirectoryInUseError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    openWriter(directory, options).close();
  });

  it('is read only where a store has been written', () => {
    expect(() => openReader(temporaryDirectory())).toThrow(StoreUnavailableError);
  });
});

describe('a file that is not ours', () => {
  it('is refused untouched where it is the database of another program', () => {
    const directory = temporaryDirectory();
    const foreign = new Database(databaseIn(directory));
    foreign.exec('CREATE TABLE precious (x); INSERT INTO precious VALUES (1)');
    foreign.close();
    const before = readFileSync(databaseIn(directory));
    expect(() => openWriter(directory, options)).toThrow(ForeignDatabaseError);
    expect(readFileSync(databaseIn(directory)).equals(before)).toBe(true);
    // The lock is not held on.
    expect(() => openWriter(directory, options)).toThrow(ForeignDatabaseError);
  });

  it('is refused where it is a directory', () => {
    const directory = temporaryDirectory();
    mkdirSync(databaseIn(directory));
    expect(() => openWriter(directory, options)).toThrow(ForeignDatabaseError);
  });

  it.each(['in the file', 'in the write-ahead log'])('is refused untouched where a newer version has written it (%s)', (where) => {
    const directory = temporaryDirectory();
    filled(directory, 1);
    const newer = new Database(databaseIn(directory));
    newer.pragma('user_version = 999');
    if (where === 'in the file') newer.pragma('wal_checkpoint(TRUNCATE)');
    const copy = temporaryDirectory();
    const names = ['sidelight.db', 'sidelight.db-wal'];
    for (const name of names) copyFileSync(join(directory, name), join(copy, name));
    newer.close();
    const bytes = () => names.map((name) => readFileSync(join(copy, name)).toString('base64'));
    const before = bytes();
    expect(() => openWriter(copy, options)).toThrow(NewerStoreError);
    expect(bytes()).toEqual(before);
    expect(() => openReader(copy)).toThrow(StoreUnavailableError);
  });
});

describe('a damaged store', () => {
  it.each([
    ['has no header any more', (path: string) => overwrite(path, 8192, 0)],
    ['is damaged in the middle', (path: string) => overwrite(path, 40_000, 20_000)],
    ['has lost its end', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['is a few bytes long', (path: string) => truncateSync(path, 40)],
  ])('is moved aside and never deleted where it %s', (_, damage) => {
    const directory = temporaryDirectory();
    filled(directory, 20);
    damage(databaseIn(directory));
    const bytes = readFileSync(databaseIn(directory));
    const { notices, counts } = opened(directory);
    expect(notices).toEqual([expect.stringMatching(/damaged.*moved to .*sidelight\.db\.corrupt-\d{4}-/)]);
    expect(counts).toMatchObject({ traces: 0, spans: 0, logs: 0 });
    const aside = readdirSync(directory).find((name) => name.includes('corrupt')) ?? '';
    expect(readFileSync(join(directory, aside)).equals(bytes)).toBe(true);
    expect(opened(directory).notices).toEqual([]);
  });

  it('goes aside with its write-ahead log', () => {
    const copy = killedCopy(temporaryDirectory(), 5);
    writeFileSync(databaseIn(copy), '');
    const { notices } = opened(copy);
    expect(notices).toHaveLength(1);
    expect(readdirSync(copy).filter((name) => name.includes('corrupt'))).toEqual([expect.stringMatching(/corrupt-.*-wal$/)]);
  });

  it('is begun anew without a word where the file is empty', () => {
    const directory = temporaryDirectory();
    writeFileSync(databaseIn(directory), '');
    expect(opened(directory)).toMatchObject({ notices: [], counts: { traces: 0 } });
  });

  it('is moved aside at the next start where damage is met while it is in use', () => {
    const directory = temporaryDirectory();
    filled(directory, 50);
    const writer = openWriter(directory, options);
    overwrite(databaseIn(directory), statSync(databaseIn(directory)).size - 8192, 8192);
    const append = (): unknown => writer.append([spansFrom('new', spanOf({ traceId: traceIdOf(1) }))]);
    // Pages that are still in memory may serve a few requests more.
    expect(() => {
      for (let n = 0; n < 200; n += 1) append();
      for (let n = 0; n < 200; n += 1)
        writer.append([logsFrom(`service ${n}`, logOf({ body: { stringValue: 'word '.repeat(1000) + n } }))]);
    }).toThrow(StoreUnavailableError);
    writer.close();
    expect(existsSync(join(directory, 'damaged'))).toBe(true);
    expect(opened(directory).notices).toEqual([expect.stringMatching(/moved/)]);
    expect(existsSync(join(directory, 'damaged'))).toBe(false);
  });
});

describe('a store that a preview wrote', () => {
  it('is moved aside, and said to be one', () => {
    const directory = temporaryDirectory();
    filled(directory, 1);
    const preview = new Database(databaseIn(directory));
    preview.pragma('user_version = 1');
    preview.close();
    const { notices, counts } = opened(directory);
    expect(notices).toEqual([expect.stringMatching(/written by a preview of Sidelight.*moved to .*sidelight\.db\.preview-\d{4}-/)]);
    expect(counts).toMatchObject({ traces: 0 });
    expect(opened(directory).notices).toEqual([]);
  });
});

describe('a damaged write-ahead log', () => {
  it('loses nothing where it is whole', () => {
    const copy = killedCopy(temporaryDirectory(), 50);
    expect(opened(copy)).toMatchObject({ notices: [], counts: { traces: 50 } });
  });

  it.each([
    ['has lost its end', (size: number) => size - 10],
    ['has lost half of it', (size: number) => Math.floor(size / 2)],
    ['has lost all but its header', () => 40],
    ['is empty', () => 0],
  ])('is noticed where it %s', (_, length) => {
    const copy = killedCopy(temporaryDirectory(), 50);
    const log = `${databaseIn(copy)}-wal`;
    truncateSync(log, length(statSync(log).size));
    const { notices, counts } = opened(copy);
    expect(counts.traces).toBeLessThan(50);
    const lost = 50 - counts.traces;
    expect(notices).toEqual([
      expect.stringContaining(lost === 1 ? 'The last 1 request that was acknowledged' : `The last ${lost} requests that were acknowledged`),
    ]);
    expect(opened(copy).notices).toEqual([]);
  });
});
