import type { Database } from 'better-sqlite3';
import { rows } from './migrations/0001-rows.ts';

/** In order, never changed once released; `PRAGMA user_version` counts how many a store has been through. */
const migrations: readonly ((db: Database) => void)[] = [rows];

export const schemaVersion = migrations.length;

/**
 * Brings the schema up to date, each step in a transaction of its own, and carries it over into the file: whatever becomes of the write-ahead log, the store then
 * still knows which one it is.
 */
export function migrate(db: Database): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version === migrations.length) return;
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      step(db);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
}
