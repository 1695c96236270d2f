import type { Database } from 'better-sqlite3';
import { readChunk } from '../../chunk-rows.ts';
import { LogContent } from './log-content.ts';

const maxRememberedBytes = 48 * 1024 * 1024;

/**
 * Chunks of log records, decompressed. The last ones are remembered, because the next question is mostly about the same ones: the next page, one more letter of a word, the same
 * list a moment later.
 */
export class LogContents {
  readonly #db: Database;
  /** Least recently used first. */
  readonly #remembered = new Map<number, LogContent>();
  #bytes = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The chunk has to be stored. A chunk's id never stands for other bytes. */
  of(chunkId: number): LogContent {
    let content = this.#remembered.get(chunkId);
    if (content === undefined) {
      content = new LogContent(readChunk(this.#db, chunkId).bytes);
      this.#bytes += content.memoryBytes;
    } else this.#remembered.delete(chunkId);
    this.#remembered.set(chunkId, content);
    this.#forgetOldest();
    return content;
  }

  #forgetOldest(): void {
    for (const [id, { memoryBytes }] of this.#remembered) {
      if (this.#bytes <= maxRememberedBytes || this.#remembered.size === 1) return;
      this.#remembered.delete(id);
      this.#bytes -= memoryBytes;
    }
  }
}
