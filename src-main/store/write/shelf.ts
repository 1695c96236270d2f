import type { Database } from 'better-sqlite3';
import type { Walked } from '#main/decode/walk/walked';
import { readChunk, type StoredChunk } from '../chunk-rows.ts';
import { codec, compress } from '../codec.ts';
import { chunksPerGroup, signalCode } from '../schema.ts';
import type { Sources } from '../sources.ts';

/** A piece of this size is a chunk of its own, and compressed. */
const largeRecords = 256;
const largeBytes = 256 * 1024;
/** Smaller ones are joined until they come to this. */
const fullRecords = 512;
const fullBytes = 512 * 1024;

/** A group is sealed at the latest when it holds this much, and when it has so many traces to write down that more would keep an export waiting. */
const maxGroupBytes = 32 * 2 ** 20;
const maxGroupTraces = 8192;

/** What spans and logs do not have in common. */
export interface Kind<Piece, Facts> {
  signal: keyof typeof signalCode;
  join(pieces: readonly Piece[]): Piece;
  /** The columns of `chunk`. */
  arrivalOf(piece: Piece): { arrival: Uint8Array; received: Uint8Array };
  pieceOf(stored: StoredChunk): Piece;
  factsOf(piece: Piece, sourceIds: Uint32Array, full: boolean): Facts;
  traceCount(facts: Facts): number;
}

/** An unsealed chunk. */
export interface ShelvedChunk<Piece, Facts> {
  id: number;
  recordCount: number;
  storedBytes: number;
  /** The distinct ids of `source` in it. */
  sourceIds: Uint32Array;
  facts: Facts;
  /** Which file it is of; 0 for what was received. */
  importId: number;
  /** Of one that is small: waits for others to be joined with. */
  small: Piece | undefined;
}

/** What a transaction changed. */
export interface Changes<Piece, Facts> {
  added: readonly ShelvedChunk<Piece, Facts>[];
  removed: readonly ShelvedChunk<Piece, Facts>[];
}

/**
 * The unsealed chunks of one signal. Inside a transaction pieces are `put`, and the small ones joined by `settle`; what that changes is remembered beside what is committed, until
 * the transaction is, one way or the other (`keep`, `drop`).
 */
export class Shelf<Piece extends { walked: Walked; importId: number }, Facts> {
  readonly #kind: Kind<Piece, Facts>;
  readonly #db: Database;
  readonly #sources: Sources;
  readonly #statements;
  #chunks: ShelvedChunk<Piece, Facts>[] = [];
  #added: ShelvedChunk<Piece, Facts>[] = [];
  #waiting: Piece[] = [];
  readonly #removed = new Set<ShelvedChunk<Piece, Facts>>();

  constructor(db: Database, sources: Sources, kind: Kind<Piece, Facts>) {
    this.#kind = kind;
    this.#db = db;
    this.#sources = sources;
    this.#statements = prepare(db);
  }

  /** In order of their ids. */
  get chunks(): readonly ShelvedChunk<Piece, Facts>[] {
    return this.#chunks;
  }

  /** How many of them are full. */
  get fullCount(): number {
    return this.#chunks.reduce((sum, { small }) => sum + (small === undefined ? 1 : 0), 0);
  }

  /** Takes up a chunk that is stored and unsealed. */
  load(id: number): ShelvedChunk<Piece, Facts> {
    const stored = readChunk(this.#db, id);
    const piece = this.#kind.pieceOf(stored);
    if (piece.walked.count !== stored.recordCount)
      throw new Error(`Chunk ${id} holds ${piece.walked.count} records instead of ${stored.recordCount}.`);
    const chunk = this.#shelved(id, piece, stored.storedBytes, stored.codec !== codec.asIs);
    this.#chunks.push(chunk);
    return chunk;
  }

  put(piece: Piece): void {
    const { count, bytes } = piece.walked;
    if (count >= largeRecords || bytes.length >= largeBytes) {
      this.#write(piece, true);
      return;
    }
    // What is wrong with them is to fail this request, and not all that are joined with it.
    this.#sources.idsOf(piece.walked.sources);
    this.#waiting.push(piece);
  }

  /** Joins small pieces of the same import, also those of earlier transactions, into full chunks, and stores the rest as one small chunk. */
  settle(): void {
    for (const [importId, pieces] of Map.groupBy(this.#waiting, (piece) => piece.importId)) this.#join(this.#smallOf(importId), pieces);
    this.#waiting = [];
  }

  /** Inside a transaction: the small chunks of an import, of which nothing more comes, become a full one. */
  complete(importId: number): void {
    const small = this.#smallOf(importId);
    if (small.length === 0) return;
    this.#write(this.#kind.join(small.map((chunk) => chunk.small as Piece)), true);
    for (const chunk of small) this.discard(chunk);
  }

  mark(): { added: number; waiting: number } {
    return { added: this.#added.length, waiting: this.#waiting.length };
  }

  /** Back to a mark, as a savepoint goes back. */
  undo({ added, waiting }: { added: number; waiting: number }): void {
    this.#added.length = added;
    this.#waiting.length = waiting;
  }

  /** The transaction is committed. */
  keep(): Changes<Piece, Facts> {
    const changes = { added: this.#added, removed: [...this.#removed] };
    if (this.#removed.size > 0) this.#chunks = this.#chunks.filter((chunk) => !this.#removed.has(chunk));
    this.#chunks.push(...this.#added);
    this.drop();
    return changes;
  }

  /** The transaction is rolled back. */
  drop(): void {
    this.#added = [];
    this.#waiting = [];
    this.#removed.clear();
  }

  /** Says, inside a transaction, that chunks are sealed: they are not on this shelf any more. */
  unshelve(chunks: readonly ShelvedChunk<Piece, Facts>[]): void {
    for (const chunk of chunks) {
      this.#statements.seal.run(chunk.id);
      this.#removed.add(chunk);
    }
  }

  /** Deletes a chunk, inside a transaction. */
  discard(chunk: ShelvedChunk<Piece, Facts>): void {
    this.#statements.seal.run(chunk.id);
    this.#statements.delete.run(chunk.id);
    this.#removed.add(chunk);
  }

  /** Of all unsealed chunks, as the transaction that runs will leave them. */
  *sourceIds(): Generator<number> {
    for (const chunk of this.#chunks) if (!this.#removed.has(chunk)) yield* chunk.sourceIds;
    for (const chunk of this.#added) yield* chunk.sourceIds;
    for (const { walked } of this.#waiting) yield* this.#sources.idsOf(walked.sources);
  }

  /** The oldest full chunks of one import, or of what was received, as many as make a group; empty while there are not enough. */
  due(): ShelvedChunk<Piece, Facts>[] {
    const full = this.#chunks.filter(({ small }) => small === undefined);
    for (const chunks of Map.groupBy(full, ({ importId }) => importId).values()) {
      const group = this.#groupOf(chunks);
      if (group.isFull) return group.chunks;
    }
    return [];
  }

  /** The oldest full chunks of an import, as many as go into one group, also where they do not fill it. */
  dueOf(importId: number): ShelvedChunk<Piece, Facts>[] {
    return this.#groupOf(this.#chunks.filter((chunk) => chunk.importId === importId && chunk.small === undefined)).chunks;
  }

  #groupOf(chunks: readonly ShelvedChunk<Piece, Facts>[]): { chunks: ShelvedChunk<Piece, Facts>[]; isFull: boolean } {
    const group: ShelvedChunk<Piece, Facts>[] = [];
    let bytes = 0;
    let traces = 0;
    for (const chunk of chunks) {
      group.push(chunk);
      bytes += chunk.storedBytes;
      traces += this.#kind.traceCount(chunk.facts);
      if (group.length === chunksPerGroup || bytes >= maxGroupBytes || traces >= maxGroupTraces) return { chunks: group, isFull: true };
    }
    return { chunks: group, isFull: false };
  }

  #smallOf(importId: number): ShelvedChunk<Piece, Facts>[] {
    return this.#chunks.filter((chunk) => chunk.small !== undefined && chunk.importId === importId && !this.#removed.has(chunk));
  }

  #join(chunks: readonly ShelvedChunk<Piece, Facts>[], pieces: readonly Piece[]): void {
    let small = chunks;
    let waiting: Piece[] = [];
    const size = new Size(small.map((chunk) => chunk.small as Piece));
    for (const piece of pieces) {
      waiting.push(piece);
      size.add(piece);
      if (!size.isFull) continue;
      this.#write(this.#kind.join([...small.map((chunk) => chunk.small as Piece), ...waiting]), true);
      for (const chunk of small) this.discard(chunk);
      small = [];
      waiting = [];
      size.clear();
    }
    if (waiting.length > 0) this.#write(this.#kind.join(waiting), false);
  }

  #write(piece: Piece, full: boolean): void {
    const { bytes, count } = piece.walked;
    const { codec: used, data } = full ? compress(bytes) : { codec: codec.asIs, data: bytes };
    const { arrival, received } = this.#kind.arrivalOf(piece);
    const signal = signalCode[this.#kind.signal];
    const id = Number(
      this.#statements.insert.run(signal, used, count, bytes.length, arrival, received, data, piece.importId).lastInsertRowid,
    );
    this.#statements.insertUnsealed.run(id, signal, count);
    this.#added.push(this.#shelved(id, piece, data.length, full));
  }

  #shelved(id: number, piece: Piece, storedBytes: number, full: boolean): ShelvedChunk<Piece, Facts> {
    const { walked } = piece;
    const sourceIds = this.#sources.idsOf(walked.sources);
    const facts = this.#kind.factsOf(piece, sourceIds, full);
    // Its own copy, since a small piece may be a view of a large request.
    const small = full ? undefined : { ...piece, walked: { ...walked, bytes: new Uint8Array(walked.bytes) } };
    return { id, recordCount: walked.count, storedBytes, sourceIds, facts, importId: piece.importId, small };
  }
}

class Size {
  #records = 0;
  #bytes = 0;

  constructor(pieces: readonly { walked: Walked }[]) {
    for (const piece of pieces) this.add(piece);
  }

  add({ walked }: { walked: Walked }): void {
    this.#records += walked.count;
    this.#bytes += walked.bytes.length;
  }

  clear(): void {
    this.#records = 0;
    this.#bytes = 0;
  }

  get isFull(): boolean {
    return this.#records >= fullRecords || this.#bytes >= fullBytes;
  }
}

function prepare(db: Database) {
  return {
    insert: db.prepare(
      'INSERT INTO chunk (signal, codec, record_count, raw_bytes, arrival, received, data, import) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    insertUnsealed: db.prepare('INSERT INTO unsealed (chunk, signal, record_count) VALUES (?, ?, ?)'),
    seal: db.prepare<[number]>('DELETE FROM unsealed WHERE chunk = ?'),
    delete: db.prepare<[number]>('DELETE FROM chunk WHERE id = ?'),
  };
}
