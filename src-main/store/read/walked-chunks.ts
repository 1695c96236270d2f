import type { Database } from 'better-sqlite3';
import type { Walked } from '#main/decode/walk/walked';
import { readChunk } from '../chunk-rows.ts';

/** Decompressed bytes that are remembered. Their columns take about half as much again. */
const maxRememberedBytes = 32 * 1024 * 1024;

/**
 * Chunks, decompressed and walked. The last ones are remembered, because the next question is mostly about the same ones: the next page, one more letter of a word, the same
 * list a moment later.
 */
export class WalkedChunks<Columns extends Walked> {
  readonly #db: Database;
  readonly #walk: (bytes: Uint8Array) => { walked: Columns };
  /** Least recently used first. */
  readonly #remembered = new Map<number, Columns>();
  #bytes = 0;

  constructor(db: Database, walk: (bytes: Uint8Array) => { walked: Columns }) {
    this.#db = db;
    this.#walk = walk;
  }

  /** The chunk has to be stored. A chunk's id never stands for other bytes. */
  read(chunkId: number): Columns {
    let walked = this.#remembered.get(chunkId);
    if (walked === undefined) {
      walked = this.#load(chunkId);
      this.#bytes += walked.bytes.length;
    } else this.#remembered.delete(chunkId);
    this.#remembered.set(chunkId, walked);
    this.#forgetOldest();
    return walked;
  }

  /** Like `read`, for one pass over many chunks, none of which is worth remembering for that. */
  readOnce(chunkId: number): Columns {
    return this.#remembered.get(chunkId) ?? this.#load(chunkId);
  }

  #load(chunkId: number): Columns {
    return this.#walk(readChunk(this.#db, chunkId).bytes).walked;
  }

  #forgetOldest(): void {
    for (const [id, { bytes }] of this.#remembered) {
      if (this.#bytes <= maxRememberedBytes || this.#remembered.size === 1) return;
      this.#remembered.delete(id);
      this.#bytes -= bytes.length;
    }
  }
}
