import type { Database } from 'better-sqlite3';
import type { NewImport } from '../interface.ts';

/** The table `import`. */
export class ImportRows {
  readonly #find;
  readonly #insert;
  readonly #recognize;
  readonly #finish;
  readonly #setState;
  readonly #interrupt;
  readonly #removing;
  readonly #delete;
  readonly #forgetEmpty;
  readonly #lastOrdinal;
  readonly #keepOrdinal;

  constructor(db: Database) {
    this.#find = db.prepare<[Uint8Array], number>("SELECT id FROM import WHERE file_hash = ? AND state = 'complete'").pluck();
    this.#insert = db.prepare(
      "INSERT INTO import (name, imported_ns, bytes, file_hash, state, report) VALUES (?, ?, ?, x'', 'reading', '')",
    );
    this.#recognize = db.prepare<[Uint8Array, number]>('UPDATE import SET file_hash = ? WHERE id = ?');
    this.#finish = db.prepare<[string, number]>("UPDATE import SET state = 'complete', report = ? WHERE id = ?");
    this.#setState = db.prepare<[number]>("UPDATE import SET state = 'removing' WHERE id = ?");
    this.#interrupt = db.prepare("UPDATE import SET state = 'interrupted' WHERE state = 'reading'");
    this.#removing = db.prepare<[], number>("SELECT id FROM import WHERE state = 'removing'").pluck();
    this.#delete = db.prepare<[number]>('DELETE FROM import WHERE id = ?');
    this.#forgetEmpty = db.prepare(
      "DELETE FROM import WHERE state IN ('complete', 'interrupted') AND NOT EXISTS (SELECT 1 FROM chunk WHERE chunk.import = import.id AND chunk.import > 0)",
    );
    this.#lastOrdinal = db.prepare<[], number>('SELECT last_ordinal FROM store').pluck();
    this.#keepOrdinal = db.prepare<[number]>('UPDATE store SET last_ordinal = max(last_ordinal, ?)');
  }

  begin({ name, importedNs, bytes }: NewImport): number {
    return Number(this.#insert.run(name, importedNs, bytes).lastInsertRowid);
  }

  /** Returns the import of the very same file that is stored already, if there is one. */
  recognize(id: number, fileHash: Uint8Array): number | undefined {
    const known = this.#find.get(fileHash);
    if (known === undefined) this.#recognize.run(fileHash, id);
    return known;
  }

  finish(id: number, report: string): void {
    this.#finish.run(report, id);
  }

  /** False where there is none. */
  startRemoval(id: number): boolean {
    return this.#setState.run(id).changes > 0;
  }

  removing(): number[] {
    return this.#removing.all();
  }

  /** Whoever read them is gone. */
  interruptAll(): void {
    this.#interrupt.run();
  }

  delete(id: number): void {
    this.#delete.run(id);
  }

  /** Retention has dropped all that came with them. */
  forgetEmpty(): void {
    this.#forgetEmpty.run();
  }

  /** Of traces that were taken out: 0 where there were none. */
  lastOrdinal(): number {
    return this.#lastOrdinal.get() ?? 0;
  }

  keepOrdinal(ordinal: number): void {
    this.#keepOrdinal.run(ordinal);
  }
}
