import type { Database, Statement } from 'better-sqlite3';
import { decompress } from './codec.ts';
import type { LogRun } from './index/log-entry.ts';
import { signalCode } from './schema.ts';

/** A chunk as whoever walks it needs it. */
export interface StoredChunk {
  id: number;
  signal: keyof typeof signalCode;
  /** OTLP protobuf, decompressed. */
  bytes: Uint8Array;
  recordCount: number;
  codec: number;
  storedBytes: number;
  /** `traceArrivals` and `logRuns` read it. */
  arrival: Uint8Array;
  received: Uint8Array;
  /** Which file it is of; 0 for what was received. */
  importId: number;
}

interface Row {
  signal: number;
  codec: number;
  record_count: number;
  raw_bytes: number;
  arrival: Buffer;
  received: Buffer;
  data: Buffer;
  import: number;
}

const statements = new WeakMap<Database, Statement<[number], Row>>();

/** The chunk has to be stored. Throws where it is not, or its bytes cannot be decompressed. */
export function readChunk(db: Database, id: number): StoredChunk {
  const row = statementOf(db).get(id);
  if (row === undefined) throw new Error(`Chunk ${id} is not stored.`);
  const { arrival, received } = row;
  return {
    id,
    signal: row.signal === signalCode.traces ? 'traces' : 'logs',
    bytes: decompress(row.data, row.codec, row.raw_bytes),
    recordCount: row.record_count,
    codec: row.codec,
    storedBytes: row.data.length,
    arrival,
    received,
    importId: row.import,
  };
}

function statementOf(db: Database): Statement<[number], Row> {
  let statement = statements.get(db);
  if (statement === undefined) {
    statement = db.prepare<[number], Row>(
      'SELECT signal, codec, record_count, raw_bytes, arrival, received, data, import FROM chunk WHERE id = ?',
    );
    statements.set(db, statement);
  }
  return statement;
}

/** Of each distinct trace of a chunk, in order of appearance: its ordinal, and when what is in this chunk of it first arrived, in nanoseconds since the Unix epoch. */
export interface TraceArrivals {
  ordinals: Uint32Array;
  receivedNs: BigUint64Array;
  /** When the last span of the chunk arrived. */
  newestNs: bigint;
}

export function traceArrivals({ arrival, received }: Pick<StoredChunk, 'arrival' | 'received'>): TraceArrivals {
  const ordinals = readUint32s(arrival);
  const receivedNs = new BigUint64Array(ordinals.length);
  const runs = viewOf(received);
  let from = 0;
  let newestNs = 0n;
  for (let at = 0; at + 16 <= received.length; at += 16) {
    const end = from + Number(runs.getBigUint64(at, true));
    const runNs = runs.getBigUint64(at + 8, true);
    receivedNs.fill(runNs, from, end);
    if (runNs > newestNs) newestNs = runNs;
    from = end;
  }
  return { ordinals, receivedNs, newestNs };
}

export function writeTraceArrivals({ ordinals, receivedNs, newestNs }: TraceArrivals): { arrival: Uint8Array; received: Uint8Array } {
  const runs: [traces: bigint, receivedNs: bigint][] = [];
  for (const received of receivedNs) {
    const last = runs.at(-1);
    if (last?.[1] === received) last[0] += 1n;
    else runs.push([1n, received]);
  }
  if (runs.every(([, received]) => received < newestNs)) runs.push([0n, newestNs]);
  return { arrival: writeUint32s(ordinals), received: bytesOf(BigUint64Array.from(runs.flat())) };
}

/** Of the records of a chunk, in order. */
export function logRuns(arrival: Uint8Array): LogRun[] {
  const view = viewOf(arrival);
  return Array.from({ length: Math.floor(arrival.length / 24) }, (_, run) => ({
    firstId: Number(view.getBigUint64(run * 24, true)),
    count: Number(view.getBigUint64(run * 24 + 8, true)),
    receivedNs: view.getBigUint64(run * 24 + 16, true),
  }));
}

export function writeLogRuns(runs: readonly LogRun[]): Uint8Array {
  return bytesOf(BigUint64Array.from(runs.flatMap(({ firstId, count, receivedNs }) => [BigInt(firstId), BigInt(count), receivedNs])));
}

/** `trace.chunks`, `trace_log.chunks`, `chunk_group.chunks`. */
export function readUint32s(bytes: Uint8Array): Uint32Array {
  // A copy, since what SQLite gives may lie anywhere in its buffer, also between two words.
  return new Uint32Array(new Uint8Array(bytes).buffer, 0, bytes.length >>> 2);
}

export function writeUint32s(numbers: Uint32Array | readonly number[]): Uint8Array {
  return bytesOf(numbers instanceof Uint32Array ? numbers : Uint32Array.from(numbers));
}

function bytesOf(array: Uint32Array | BigUint64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
