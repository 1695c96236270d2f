import Database from 'better-sqlite3';
import { pathsIn } from '../data-directory.ts';
import { outward } from '../sqlite-errors.ts';
import { checkChunks } from './check-chunks.ts';
import { checkGroups } from './check-groups.ts';
import { checkSums } from './check-sums.ts';

/** More would not tell more. */
const maxProblems = 100;

/**
 * Looks at everything in a store: the file, every chunk, and whether what is derived says what the chunks say. Changes nothing; a writer may be at work meanwhile. Returns what is
 * wrong, in words; empty for a sound store. Throws `StoreUnavailableError` where it cannot even be looked at.
 */
export function checkStore(dataDirectory: string): string[] {
  let db: Database.Database | undefined;
  try {
    db = new Database(pathsIn(dataDirectory).database, { readonly: true, fileMustExist: true });
    const open = db;
    return open.transaction(() => problemsOf(open)).deferred();
  } catch (error) {
    throw outward(error);
  } finally {
    db?.close();
  }
}

function problemsOf(db: Database.Database): string[] {
  const integrity = db.pragma('integrity_check(10)') as { integrity_check: string }[];
  if (integrity[0]?.integrity_check !== 'ok') return integrity.map((row) => row.integrity_check);
  const problems: string[] = [];
  for (const check of [checkChunks, checkGroups, checkSums]) {
    for (const problem of check(db)) {
      problems.push(problem);
      if (problems.length === maxProblems) return problems;
    }
  }
  return problems;
}
