import type { Database } from 'better-sqlite3';
import { signalCode } from '../schema.ts';

/**
 * What a reader knows of the chunks of one signal that are not sealed yet: at most 64 full ones and some hundreds of small ones. Nothing is stored of them but their bytes, so
 * `Chunk` is what the reader makes of one; it is kept until the chunk is sealed, merged or dropped, and looks into the bytes when it is first asked for what only they tell.
 */
export class Unsealed<Chunk> {
  readonly #ids;
  readonly #open: (id: number) => Chunk;
  #chunks = new Map<number, Chunk>();

  /** `open` is called inside the transaction of a question, in which the chunk is stored. */
  constructor(db: Database, signal: keyof typeof signalCode, open: (id: number) => Chunk) {
    this.#ids = db.prepare<[], number>(`SELECT chunk FROM unsealed WHERE signal = ${signalCode[signal]} ORDER BY chunk`).pluck();
    this.#open = open;
  }

  /** To be called at the start of each question, inside its transaction. */
  refresh(): void {
    this.#chunks = new Map(this.#ids.all().map((id) => [id, this.#chunks.get(id) ?? this.#open(id)]));
  }

  /** In order of their ids. */
  chunks(): IterableIterator<Chunk> {
    return this.#chunks.values();
  }
}
