import { StoreUnavailableError } from './interface.ts';

const passing = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|NOMEM|READONLY|PROTOCOL)/;
const damaged = /^SQLITE_(CORRUPT|NOTADB)/;

/** SQLite's result code, such as `SQLITE_FULL`; empty for any other error. */
export function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : '';
}

export function isFull(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_FULL');
}

export function isDamage(error: unknown): boolean {
  return damaged.test(sqliteCode(error));
}

/** Whether no request at all could be stored now, as opposed to this one: SQLite or the file system says no. */
export function isUnavailable(error: unknown): boolean {
  return passing.test(sqliteCode(error)) || isDamage(error) || isFileSystemError(error);
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** The error that leaves the store: what SQLite could not do now becomes `StoreUnavailableError`, everything else stays as it is. */
export function outward(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  if (isFileSystemError(error)) return new StoreUnavailableError(`The data directory cannot be used: ${String(error)}`, { cause: error });
  return new StoreUnavailableError(plainWords(sqliteCode(error)), { cause: error });
}

function plainWords(code: string): string {
  if (code.startsWith('SQLITE_FULL')) return 'The disk is full.';
  if (damaged.test(code))
    return 'The store is damaged. When Sidelight is started again, the damaged file is moved aside and a new one begun.';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'The store is busy.';
  return `The disk cannot be read or written (${code}).`;
}
