import type { Database } from 'better-sqlite3';
import { walkLogs } from '#main/decode/walk/walk-logs';
import { walkSpans } from '#main/decode/walk/walk-spans';
import { logRuns, readChunk, readUint32s, traceArrivals } from '../chunk-rows.ts';
import { signalCode } from '../schema.ts';

/** Every chunk by itself: its bytes can be read and hold the records that it says; and all of them together: each is sealed or unsealed, never both. */
export function* checkChunks(db: Database): Generator<string> {
  const ids = db.prepare<[], number>('SELECT id FROM chunk ORDER BY id').pluck().all();
  for (const id of ids) yield* checkChunk(db, id);
  yield* checkPlaces(db, ids);
  yield* checkLedger(db);
}

function* checkChunk(db: Database, id: number): Generator<string> {
  try {
    const stored = readChunk(db, id);
    if (stored.signal === 'traces') {
      const { walked } = walkSpans(stored.bytes);
      const { ordinals, receivedNs } = traceArrivals(stored);
      if (walked.count !== stored.recordCount) yield `Chunk ${id} holds ${walked.count} spans instead of ${stored.recordCount}.`;
      if (walked.traceCount !== ordinals.length) yield `Chunk ${id} holds ${walked.traceCount} traces, and ${ordinals.length} ordinals.`;
      if (receivedNs.includes(0n)) yield `Chunk ${id} does not say when all of its traces arrived.`;
      return;
    }
    const { walked } = walkLogs(stored.bytes);
    const arrived = logRuns(stored.arrival).reduce((sum, { count }) => sum + count, 0);
    if (walked.count !== stored.recordCount) yield `Chunk ${id} holds ${walked.count} log records instead of ${stored.recordCount}.`;
    if (walked.count !== arrived) yield `Chunk ${id} holds ${walked.count} log records, and ids for ${arrived}.`;
  } catch (error) {
    yield `Chunk ${id} cannot be read: ${String(error)}`;
  }
}

function* checkPlaces(db: Database, ids: readonly number[]): Generator<string> {
  const signals = new Map(
    db
      .prepare<[], { id: number; signal: number }>('SELECT id, signal FROM chunk')
      .all()
      .map(({ id, signal }) => [id, signal]),
  );
  const places = new Map<number, string>();
  const put = function* (id: number, signal: number, place: string): Generator<string> {
    if (places.has(id)) yield `Chunk ${id} is both in ${places.get(id)} and in ${place}.`;
    if (signals.get(id) !== signal) yield `Chunk ${id} is in ${place}, and ${signals.has(id) ? 'of another signal' : 'not there'}.`;
    places.set(id, place);
  };
  for (const row of db.prepare<[], { id: number; signal: number; chunks: Buffer }>('SELECT id, signal, chunks FROM chunk_group').all()) {
    for (const id of readUint32s(row.chunks)) yield* put(id, row.signal, `group ${row.id}`);
  }
  for (const { chunk, signal } of db.prepare<[], { chunk: number; signal: number }>('SELECT chunk, signal FROM unsealed').all())
    yield* put(chunk, signal, 'unsealed');
  for (const id of ids) if (!places.has(id)) yield `Chunk ${id} is neither sealed nor unsealed.`;
}

/** The ledger forgets old requests, and retention drops old records, so this says something of a young store only. */
function* checkLedger(db: Database): Generator<string> {
  const first = db.prepare<[], number>('SELECT min(id) FROM batch').pluck().get();
  if (first !== 1) return;
  for (const signal of Object.values(signalCode)) {
    const count = (table: string): number =>
      db.prepare<[number], number>(`SELECT coalesce(sum(record_count), 0) FROM ${table} WHERE signal = ?`).pluck().get(signal) ?? 0;
    const [stored, received] = [count('chunk'), count('batch')];
    if (stored > received) yield `${stored} records are stored, of ${received} that were received.`;
  }
}
