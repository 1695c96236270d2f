import type { Database } from 'better-sqlite3';
import type { WalkedSource } from '#main/decode/walk/walked';
import { readChunk, readUint32s } from '../chunk-rows.ts';
import { splitEntries } from '../group-entries.ts';
import { buildFilter } from '../index/term-filter.ts';
import { signalCode } from '../schema.ts';
import { sourceHash } from '../sources.ts';
import { logFactsOf, spanFactsOf, type Index } from './facts.ts';
import { logKind, spanKind } from './kinds.ts';

interface GroupRow {
  id: number;
  signal: number;
  chunks: Buffer;
  entries: Buffer | null;
}

/** Every group: its entries and its filter are those that its chunks give. */
export function* checkGroups(db: Database): Generator<string> {
  const blocks = db.prepare<[number, number], Buffer>('SELECT bits FROM filter_block WHERE id BETWEEN ? AND ? ORDER BY id').pluck();
  const groups = db.prepare<[], GroupRow>('SELECT id, signal, chunks, entries FROM chunk_group LEFT JOIN group_entries USING (id)').all();
  for (const { id, signal, chunks, entries } of groups) {
    try {
      const fresh = [...readUint32s(chunks)].map((chunk) => indexOf(db, chunk, signal));
      const stored = splitEntries(entries ?? Buffer.alloc(0));
      if (
        !areEqual(
          stored,
          fresh.map(({ entry }) => entry),
        )
      )
        yield `The entries of group ${id} are not those of its chunks.`;
      const filter = buildFilter(fresh.map(({ terms }) => terms));
      if (!areEqual(blocks.all(id * 65_536, id * 65_536 + 65_535), filter)) yield `The filter of group ${id} is not that of its chunks.`;
    } catch (error) {
      yield `Group ${id} cannot be checked: ${String(error)}`;
    }
  }
}

function indexOf(db: Database, chunk: number, signal: number): Index {
  const stored = readChunk(db, chunk);
  const { index } =
    signal === signalCode.traces
      ? spanFactsOf(...withSources(db, spanKind.pieceOf(stored)), true)
      : logFactsOf(...withSources(db, logKind.pieceOf(stored)), true);
  if (index === undefined) throw new Error('A full chunk has an index.');
  return index;
}

function withSources<Piece extends { walked: { sources: readonly WalkedSource[] } }>(db: Database, piece: Piece): [Piece, Uint32Array] {
  return [piece, storedSources(db, piece.walked.sources)];
}

/** Ids of `source`, 0 for those that are not stored: nothing that lives refers to them. */
export function storedSources(db: Database, sources: readonly WalkedSource[]): Uint32Array {
  const find = db.prepare<[Buffer], number>('SELECT id FROM source WHERE hash = ?').pluck();
  return Uint32Array.from(sources, (source) => find.get(sourceHash(source)) ?? 0);
}

function areEqual(stored: readonly Uint8Array[], fresh: readonly Uint8Array[]): boolean {
  return stored.length === fresh.length && stored.every((bytes, place) => Buffer.compare(bytes, fresh[place] ?? Buffer.alloc(0)) === 0);
}
