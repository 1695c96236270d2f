import type { Database } from 'better-sqlite3';
import { frameOf, type Frame, type ScopeEnvelope } from '#main/decode/walk/frame';
import { readChunk } from '../chunk-rows.ts';

/** Reads the records of a part of a frame into columns (`walkSpans`, `walkLogs`). */
export type Walk<Columns> = (bytes: Uint8Array, frame: Frame) => { walked: Columns };

/** The bytes of a chunk, decompressed, with what was found in them so far. */
export class ChunkContent<Columns> {
  readonly bytes: Buffer;
  readonly frame: Frame;
  readonly #walk: Walk<Columns>;
  #walked: Columns | undefined;

  constructor(bytes: Uint8Array, walk: Walk<Columns>) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.frame = frameOf(bytes);
    this.#walk = walk;
  }

  /** All its records in columns. */
  get walked(): Columns {
    this.#walked ??= this.#walk(this.bytes, this.frame).walked;
    return this.#walked;
  }

  /** A walk through some of the records alone: its first row is that of `rows[0]`, and so on. `rows` ascend. */
  excerpt(rows: readonly number[]): Columns {
    return this.#walk(this.bytes, excerptOf(this.frame, rows)).walked;
  }

  /** With the columns, whether they are there yet or not. */
  get memoryBytes(): number {
    return this.bytes.length + this.frame.count * bytesPerRecord;
  }
}

const bytesPerRecord = 200;

function excerptOf(frame: Frame, rows: readonly number[]): Frame {
  const scopes: ScopeEnvelope[] = [];
  let at = 0;
  for (const scope of frame.scopes) {
    const from = at;
    while (at < rows.length && (rows[at] as number) < scope.to) at += 1;
    if (at > from) scopes.push({ ...scope, from, to: at });
  }
  return {
    ...frame,
    count: rows.length,
    recordStart: Uint32Array.from(rows, (row) => frame.recordStart[row] as number),
    recordEnd: Uint32Array.from(rows, (row) => frame.recordEnd[row] as number),
    scopes,
  };
}

/**
 * Contents of chunks. The last ones are remembered, because the next question is mostly about the same ones: the next page, one more letter of a word, the same list a moment
 * later.
 */
export class ChunkContents<Columns> {
  readonly #db: Database;
  readonly #walk: Walk<Columns>;
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #remembered = new Map<number, ChunkContent<Columns>>();
  #bytes = 0;

  constructor(db: Database, walk: Walk<Columns>, maxBytes: number) {
    this.#db = db;
    this.#walk = walk;
    this.#maxBytes = maxBytes;
  }

  /** The chunk has to be stored. A chunk's id never stands for other bytes. */
  of(chunkId: number): ChunkContent<Columns> {
    let content = this.#remembered.get(chunkId);
    if (content === undefined) {
      content = this.#read(chunkId);
      this.#bytes += content.memoryBytes;
    } else this.#remembered.delete(chunkId);
    this.#remembered.set(chunkId, content);
    this.#forgetOldest();
    return content;
  }

  /** Like `of`, for one pass over many chunks, none of which is worth remembering for that. */
  once(chunkId: number): ChunkContent<Columns> {
    return this.#remembered.get(chunkId) ?? this.#read(chunkId);
  }

  #read(chunkId: number): ChunkContent<Columns> {
    return new ChunkContent(readChunk(this.#db, chunkId).bytes, this.#walk);
  }

  #forgetOldest(): void {
    for (const [id, { memoryBytes }] of this.#remembered) {
      if (this.#bytes <= this.#maxBytes || this.#remembered.size === 1) return;
      this.#remembered.delete(id);
      this.#bytes -= memoryBytes;
    }
  }
}
