import type { Database } from 'better-sqlite3';

/**
 * Text on its way into an FTS5 index. It goes in at the end of the transaction, in order of ids: each step back in the order, and each savepoint, would make FTS5 write
 * out a small segment of its own.
 */
export class TextQueue {
  readonly #insert;
  readonly #delete;
  #texts: { id: number; text: string; replaces: boolean }[] = [];

  constructor(db: Database, table: 'span_text' | 'log_text') {
    this.#insert = db.prepare(`INSERT INTO ${table} (rowid, text) VALUES (?, ?)`);
    this.#delete = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`);
  }

  add(id: number, text: string): void {
    this.#texts.push({ id, text, replaces: false });
  }

  replace(id: number, text: string): void {
    this.#texts.push({ id, text, replaces: true });
  }

  /** How much is waiting: what `cutBack` takes the queue back to when a request is undone. */
  get length(): number {
    return this.#texts.length;
  }

  cutBack(length: number): void {
    this.#texts.length = length;
  }

  write(): void {
    // The sort is stable: of two texts for one id, the later is written later.
    const texts = this.#texts.toSorted((a, b) => a.id - b.id);
    this.#texts = [];
    for (const { id, text, replaces } of texts) {
      if (replaces) this.#delete.run(id);
      this.#insert.run(id, text);
    }
  }
}
