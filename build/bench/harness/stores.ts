import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { admitLogs, admitTraces } from '#main/decode/walk/admit';
import type { Append } from '#main/store/interface';
import { openWriter } from '#main/store/write/writer';
import { LogWorkload, recordsPerExport } from '../workload/log-workload.ts';
import { fullExports } from '../workload/span-shape.ts';
import { SpanWorkload } from '../workload/span-workload.ts';

/** A data directory that was filled through the store's writer and closed. */
export interface BuiltStore {
  directory: string;
  exports: number;
  records: number;
  /** What was sent, as protobuf without compression. */
  wireBytes: number;
  bytesOnDisk: number;
  /** How fast admission and writer were, without making the exports. */
  recordsPerSecond: number;
}

/** As many as usually are under way at a time. */
const exportsPerCommit = 10;

/** Nothing of a bench is to be dropped. */
export const noLimit = { maxStoredBytes: 1e12 };

export function buildSpanStore(directory: string, spans: number): BuiltStore {
  const workload = new SpanWorkload();
  const exports = Math.ceil(spans / fullExports.spansPerExport);
  return build(directory, exports, (number) => workload.export(number), traceAppend, exports * fullExports.spansPerExport);
}

export function buildLogStore(directory: string, logs: number): BuiltStore {
  const workload = new LogWorkload();
  const exports = Math.ceil(logs / recordsPerExport);
  return build(directory, exports, (number) => workload.export(number), logAppend, exports * recordsPerExport);
}

/** Of the `number`-th export; different numbers stand for different payloads. */
export function traceAppend(payload: Uint8Array, number: number): Append {
  return { ...envelope(number), records: { signal: 'traces', pieces: admitTraces(payload, 'protobuf').pieces } };
}

export function logAppend(payload: Uint8Array, number: number): Append {
  return { ...envelope(number), records: { signal: 'logs', pieces: admitLogs(payload, 'protobuf').pieces } };
}

function envelope(number: number): Pick<Append, 'payloadHash' | 'receivedNs'> {
  const payloadHash = Buffer.alloc(32);
  payloadHash.writeUInt32LE(number);
  return { payloadHash, receivedNs: BigInt(Date.now()) * 1_000_000n };
}

function build(
  directory: string,
  exports: number,
  make: (number: number) => Buffer,
  toAppend: (payload: Uint8Array, number: number) => Append,
  records: number,
): BuiltStore {
  const writer = openWriter(directory, noLimit);
  let wireBytes = 0;
  let busyMs = 0;
  for (let first = 0; first < exports; first += exportsPerCommit) {
    const payloads = Array.from({ length: Math.min(exportsPerCommit, exports - first) }, (_, index) => make(first + index));
    for (const { byteLength } of payloads) wireBytes += byteLength;
    const started = performance.now();
    const failed = writer.append(payloads.map((payload, index) => toAppend(payload, first + index))).find((error) => error !== undefined);
    busyMs += performance.now() - started;
    if (failed !== undefined) throw failed;
  }
  const started = performance.now();
  writer.close();
  busyMs += performance.now() - started;
  return { directory, exports, records, wireBytes, bytesOnDisk: bytesIn(directory), recordsPerSecond: (records / busyMs) * 1000 };
}

export function bytesIn(directory: string): number {
  return filesIn(directory).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Without what is set aside for a full disk, whose size does not depend on what is stored. */
export function bytesOfRecords(directory: string): number {
  return filesIn(directory).reduce((sum, { name, bytes }) => (name === 'ballast' ? sum : sum + bytes), 0);
}

function filesIn(directory: string): { name: string; bytes: number }[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, bytes: statSync(join(entry.parentPath, entry.name)).size }));
}
