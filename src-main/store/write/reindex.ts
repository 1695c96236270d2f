import type { Database } from 'better-sqlite3';
import { lockDirectory, pathsIn } from '../data-directory.ts';
import { outward } from '../sqlite-errors.ts';
import { forgetDerived } from './forget-derived.ts';
import { openDatabase } from './open-database.ts';
import { StoreState } from './store-state.ts';

/**
 * Makes everything that is derived from the chunks anew, in the order in which they were stored, so that they come into the same groups. What is interrupted leaves a store that is right, with some of its chunks not sealed yet; they are when it is opened next.
 * Throws what `openWriter` does.
 */
export function reindex(dataDirectory: string): void {
  const paths = pathsIn(dataDirectory);
  const unlock = lockDirectory(dataDirectory, paths.lock);
  let db: Database | undefined;
  try {
    const opened = openDatabase(paths).db;
    db = opened;
    opened.transaction(() => forgetDerived(opened)).immediate();
    const state = new StoreState(opened);
    state.load();
    while (state.seal());
    opened.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw outward(error);
  } finally {
    db?.close();
    unlock();
  }
}
