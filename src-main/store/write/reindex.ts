import type { Database } from 'better-sqlite3';
import { lockDirectory, pathsIn } from '../data-directory.ts';
import { outward } from '../sqlite-errors.ts';
import { openDatabase } from './open-database.ts';
import { StoreState } from './store-state.ts';

/** Everything that chunks and the request ledger do not hold by themselves. Pins are a person's. */
const derivedTables = [
  'unsealed',
  'chunk_group',
  'group_entries',
  'filter_block',
  'log_chunk',
  'trace',
  'trace_log',
  'source_attribute',
  'source',
];

/**
 * Makes everything that is derived from the chunks anew, in the order in which they were stored, so that they come into the same groups. What is interrupted leaves a store that is right, with some of its chunks not sealed yet; they are when it is opened next.
 * Throws what `openWriter` does.
 */
export function reindex(dataDirectory: string): void {
  const paths = pathsIn(dataDirectory);
  const unlock = lockDirectory(dataDirectory, paths.lock);
  let db: Database | undefined;
  try {
    ({ db } = openDatabase(paths));
    forgetDerived(db);
    const state = new StoreState(db);
    state.load();
    while (state.seal());
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw outward(error);
  } finally {
    db?.close();
    unlock();
  }
}

function forgetDerived(db: Database): void {
  db.transaction(() => {
    for (const table of derivedTables) db.exec(`DELETE FROM ${table}`);
    db.exec('INSERT INTO unsealed (chunk, signal, record_count) SELECT id, signal, record_count FROM chunk');
    db.exec('UPDATE store SET trace_count = 0');
  }).immediate();
}
