import type { Database } from 'better-sqlite3';
import { rows } from './migrations/0001-rows.ts';

/** In order, never changed once released; `PRAGMA user_version` counts how many a store has been through. */
const migrations: readonly ((db: Database) => void)[] = [rows];

export const schemaVersion = migrations.length;

/** Brings the schema up to date, each step in a transaction of its own. A new store gets the settings that a file can only be born with. */
export function migrate(db: Database): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      step(db);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}
