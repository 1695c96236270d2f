import type { Database } from 'better-sqlite3';
import type { WalkedSource } from '#main/decode/walk/walked';
import { sourceHash } from '../sources.ts';

/** Finds the ids under which the sources of a walked chunk are stored. Not remembered: a source that is gone comes back under another id. */
export class SourceIds {
  readonly #find;

  constructor(db: Database) {
    this.#find = db.prepare<[Uint8Array], number>('SELECT id FROM source WHERE hash = ?').pluck();
  }

  /** One id a source, in order. They have to be stored. */
  of(sources: readonly WalkedSource[]): Uint32Array {
    return Uint32Array.from(sources, (source) => {
      const id = this.#find.get(sourceHash(source));
      if (id === undefined) throw new Error('A record is stored without its source.');
      return id;
    });
  }
}
