import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DataDirectoryInUseError } from './interface.ts';
import { sqliteCode } from './sqlite-errors.ts';

/** The files of a data directory. */
export function pathsIn(dataDirectory: string) {
  const database = join(dataDirectory, 'sidelight.db');
  return {
    database,
    writeAheadLog: `${database}-wal`,
    sharedMemory: `${database}-shm`,
    /** Holds nothing; the process that writes has it locked. */
    lock: join(dataDirectory, 'lock.db'),
    acknowledged: join(dataDirectory, 'acknowledged'),
    ballast: join(dataDirectory, 'ballast'),
    damaged: join(dataDirectory, 'damaged'),
  };
}

export type StorePaths = ReturnType<typeof pathsIn>;

/** Telemetry holds secrets, so nobody else may read it. */
export function prepareDirectory(dataDirectory: string): void {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
}

/** Makes the file, empty, unless it is there; SQLite gives its companions the same mode. */
export function prepareFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

export function fileBytes(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Bytes on disk of everything that grows with what is stored. */
export function storedBytes({ database, writeAheadLog, sharedMemory, ballast }: StorePaths): number {
  return [database, writeAheadLog, sharedMemory, ballast].reduce((sum, path) => sum + fileBytes(path), 0);
}

/**
 * Claims the directory for this process, by an exclusive transaction that stays open: the operating system ends it with the process, also after kill -9, so
 * there is nothing stale to clear away. Throws `DataDirectoryInUseError`. Returns the function that gives the directory back.
 */
export function lockDirectory(dataDirectory: string, lockPath: string): () => void {
  prepareFile(lockPath);
  const lock = new Database(lockPath, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!sqliteCode(error).startsWith('SQLITE_BUSY')) throw error;
    throw new DataDirectoryInUseError(
      `Another Sidelight is using ${dataDirectory}. Close it, or start this one with another data directory.`,
      { cause: error },
    );
  }
  return () => lock.close();
}
