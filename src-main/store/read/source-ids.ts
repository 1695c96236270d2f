import type { Database } from 'better-sqlite3';
import type { WalkedSource } from '#main/decode/walk/walked';
import { sourceHash } from '../sources.ts';

/** Ids that are remembered; a process that sends has a dozen sources. */
const maxRemembered = 2_000;

/** Finds the ids under which the sources of a walked chunk are stored. */
export class SourceIds {
  readonly #find;
  readonly #remembered = new Map<string, number>();

  constructor(db: Database) {
    this.#find = db.prepare<[Uint8Array], number>('SELECT id FROM source WHERE hash = ?').pluck();
  }

  /** One id a source, in order. They have to be stored. */
  of(sources: readonly WalkedSource[]): Uint32Array {
    return Uint32Array.from(sources, (source) => this.#idOf(source));
  }

  #idOf(source: WalkedSource): number {
    let id = this.#remembered.get(source.key);
    if (id === undefined) {
      id = this.#find.get(sourceHash(source));
      if (id === undefined) throw new Error('A record is stored without its source.');
      if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
      this.#remembered.set(source.key, id);
    }
    return id;
  }
}
