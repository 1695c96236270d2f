import type { Database } from 'better-sqlite3';
import type { WalkedLogs } from '#main/decode/walk/walked';
import { walkLogs } from '#main/decode/walk/walk-logs';
import { readChunk } from '../../chunk-rows.ts';

/** Decompressed bytes that are remembered. Their columns take about half as much again. */
const maxRememberedBytes = 32 * 1024 * 1024;

/**
 * Chunks of log records, decompressed and walked. The last ones are remembered, because the next question is mostly about the same ones: the next page, one more letter of a word,
 * the same list a moment later.
 */
export class WalkedLogChunks {
  readonly #db: Database;
  /** Least recently used first. */
  readonly #remembered = new Map<number, WalkedLogs>();
  #bytes = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The chunk has to be stored. A chunk's id never stands for other bytes. */
  read(chunkId: number): WalkedLogs {
    const remembered = this.#remembered.get(chunkId);
    const walked = remembered ?? walkLogs(readChunk(this.#db, chunkId).bytes).walked;
    if (remembered === undefined) this.#bytes += walked.bytes.length;
    else this.#remembered.delete(chunkId);
    this.#remembered.set(chunkId, walked);
    this.#forgetOldest();
    return walked;
  }

  #forgetOldest(): void {
    for (const [id, { bytes }] of this.#remembered) {
      if (this.#bytes <= maxRememberedBytes || this.#remembered.size === 1) return;
      this.#remembered.delete(id);
      this.#bytes -= bytes.length;
    }
  }
}
