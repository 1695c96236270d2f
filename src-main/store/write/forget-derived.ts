import type { Database } from 'better-sqlite3';

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

/** Empties every table that is derived from the chunks, inside a transaction. All chunks count as unsealed then, so that `StoreState.load` indexes them anew. */
export function forgetDerived(db: Database): void {
  for (const table of derivedTables) db.exec(`DELETE FROM ${table}`);
  db.exec('INSERT INTO unsealed (chunk, signal, record_count) SELECT id, signal, record_count FROM chunk');
  db.exec('UPDATE store SET trace_count = 0');
}
