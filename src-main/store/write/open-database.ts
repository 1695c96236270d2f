import { closeSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fileBytes, prepareFile, type StorePaths } from '../data-directory.ts';
import { ForeignDatabaseError, NewerStoreError } from '../interface.ts';
import { addImports, createSchema, schemaVersion } from '../schema.ts';
import { isDamage } from '../sqlite-errors.ts';
import { forgetDerived } from './forget-derived.ts';

/** "SdLt": says that a SQLite file is ours (SQLite file format, section 1.3, offset 68). */
const applicationId = 0x53644c74;
const pageBytes = 8192;

/** A store of rows, as previews of Sidelight wrote it. */
const previewVersion = 1;

/** Up to here every page is looked at when the store is opened, which takes a fraction of a second; larger stores only where damage has been met. */
const alwaysCheckedBytes = 64 * 2 ** 20;

export interface OpenedDatabase {
  db: Database.Database;
  /** In plain words, where a file had to be moved aside. */
  notice: string | undefined;
}

/**
 * Opens the store for writing, and makes it where there is none. A file that is not SQLite's or is damaged is moved aside, never deleted, and so is what a preview wrote. What an
 * older version has derived is forgotten, so that whoever loads the state makes it anew. Throws, with the file untouched, `ForeignDatabaseError` and `NewerStoreError`.
 */
export function openDatabase(paths: StorePaths): OpenedDatabase {
  const judged = judge(paths);
  const notice = judged === 'sound' ? undefined : movedAside[judged](moveAside(paths, judged));
  rmSync(paths.damaged, { force: true });
  return { db: openSound(paths), notice };
}

/** Whether a file can be gone on with. */
type Judgement = 'sound' | 'damaged' | 'preview';

const movedAside = {
  damaged: (target: string) => `The store was damaged. It was moved to ${target}, and a new one begun.`,
  preview: (target: string) => `The store was written by a preview of Sidelight. It was moved to ${target}, and a new one begun.`,
};

function openSound(paths: StorePaths): Database.Database {
  prepareFile(paths.database);
  const db = new Database(paths.database);
  try {
    // The first three shape the file itself, so they come before anything is in it.
    if (fileBytes(paths.database) === 0) {
      db.pragma(`page_size = ${pageBytes}`);
      db.pragma('auto_vacuum = INCREMENTAL');
      db.pragma(`application_id = ${applicationId}`);
    }
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    // Carrying the write-ahead log over is for a thread of its own (`checkpointer.ts`).
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('cache_size = -32000');
    // The end of a checkpoint keeps a commit waiting.
    db.pragma('busy_timeout = 2000');
    db.pragma('trusted_schema = OFF');
    db.pragma('temp_store = MEMORY');
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version === 0) begin(db);
    else if (version < schemaVersion) bringUp(db, version);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Carries the schema over into the file: whatever becomes of the write-ahead log, the store then still knows which one it is. */
function begin(db: Database.Database): void {
  db.transaction(() => {
    createSchema(db);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Version 2 and those since have the same chunks: of an older store everything derived is made again from them. */
function bringUp(db: Database.Database, version: number): void {
  db.transaction(() => {
    if (version < 4) addImports(db);
    forgetDerived(db);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
}

/** Looks at the file without changing a byte of it. */
function judge(paths: StorePaths): Judgement {
  const { database } = paths;
  const stat = statSync(database, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isFile())
    throw new ForeignDatabaseError(`${database} is not a file. Move it away, or use another data directory.`);
  // SQLite would drop a write-ahead log whose database is empty or gone.
  if (stat === undefined || stat.size === 0) return fileBytes(paths.writeAheadLog) === 0 ? 'sound' : 'damaged';

  const header = readHeader(database);
  if (header === undefined) return 'damaged';
  if (header.applicationId !== applicationId) {
    throw new ForeignDatabaseError(
      `${database} belongs to another program and was left untouched. Move it away, or use another data directory.`,
    );
  }
  refuseNewer(database, header.version);
  return check(paths);
}

function check({ database, damaged }: StorePaths): Judgement {
  try {
    // Read-only: neither recovery nor a checkpoint on closing may touch a store that is refused.
    const db = new Database(database, { readonly: true });
    try {
      const version = Number(db.pragma('user_version', { simple: true }));
      refuseNewer(database, version);
      if (version === previewVersion) return 'preview';
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      const thorough = fileBytes(database) <= alwaysCheckedBytes || fileBytes(damaged) > 0;
      return !thorough || db.pragma('quick_check(1)', { simple: true }) === 'ok' ? 'sound' : 'damaged';
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return 'damaged';
    throw error;
  }
}

function refuseNewer(database: string, version: number): void {
  if (version <= schemaVersion) return;
  throw new NewerStoreError(
    `${database} was written by a newer Sidelight and was left untouched. Update Sidelight, or use another data directory.`,
  );
}

/** SQLite file format, section 1.3; `undefined` where the file does not begin like a database. */
function readHeader(path: string): { applicationId: number; version: number } | undefined {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, header.length, 0) < header.length) return undefined;
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return undefined;
  return { version: header.readInt32BE(60), applicationId: header.readUInt32BE(68) };
}

function moveAside(paths: StorePaths, judged: 'damaged' | 'preview'): string {
  const suffix = `.${judged === 'damaged' ? 'corrupt' : judged}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  const target = paths.database + suffix;
  for (const [path, ending] of [
    [paths.database, ''],
    [paths.writeAheadLog, '-wal'],
    [paths.sharedMemory, '-shm'],
  ] as const) {
    if (fileBytes(path) > 0) renameSync(path, target + ending);
    else rmSync(path, { force: true });
  }
  return target;
}
