import { walkLogs } from '#main/decode/walk/walk-logs';
import { walkSpans } from '#main/decode/walk/walk-spans';
import type { Walked, WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import type { TraceArrivals } from '../chunk-rows.ts';
import type { LogRun } from '../index/log-entry.ts';

/** Records that were walked, with their place in the order of arrival: what becomes a chunk, by itself or joined with others of the same import. */
export interface SpanPiece {
  walked: WalkedSpans;
  /** Which file they are of; 0 for what was received. */
  importId: number;
  /** Of each row of `walked.traceIds`. */
  arrivals: TraceArrivals;
}

export interface LogPiece {
  walked: WalkedLogs;
  importId: number;
  runs: readonly LogRun[];
}

/** All in one, in their order: messages of protobuf that are written one after the other are one message. */
export function joinSpans(pieces: readonly SpanPiece[]): SpanPiece {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const { walked } = walkSpans(concatenated(pieces));
  requireAll(walked, pieces);
  const ordinals = new Uint32Array(walked.traceCount);
  const receivedNs = new BigUint64Array(walked.traceCount);
  const rows = rowsByTrace(walked);
  for (const { walked: part, arrivals } of pieces) {
    for (let trace = 0; trace < part.traceCount; trace += 1) {
      const row = rows.get(keyOf(part, trace)) as number;
      // A trace that went and was begun anew in between has two: the later one is true now.
      if (ordinals[row] === 0) receivedNs[row] = arrivals.receivedNs[trace] as bigint;
      ordinals[row] = Math.max(ordinals[row] as number, arrivals.ordinals[trace] as number);
    }
  }
  const newestNs = pieces.reduce((newest, { arrivals }) => (arrivals.newestNs > newest ? arrivals.newestNs : newest), 0n);
  return { walked, importId: importOf(pieces), arrivals: { ordinals, receivedNs, newestNs } };
}

export function joinLogs(pieces: readonly LogPiece[]): LogPiece {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const { walked } = walkLogs(concatenated(pieces));
  requireAll(walked, pieces);
  const runs: LogRun[] = [];
  for (const run of pieces.flatMap((piece) => piece.runs)) {
    const last = runs.at(-1);
    if (last !== undefined && last.firstId + last.count === run.firstId && last.receivedNs === run.receivedNs) last.count += run.count;
    else runs.push({ ...run });
  }
  return { walked, importId: importOf(pieces), runs };
}

function importOf([first, ...more]: readonly { importId: number }[]): number {
  const importId = first?.importId ?? 0;
  if (more.some((piece) => piece.importId !== importId)) throw new Error('Records of different files are joined.');
  return importId;
}

function concatenated(pieces: readonly { walked: Walked }[]): Uint8Array {
  return Buffer.concat(pieces.map(({ walked }) => walked.bytes));
}

function requireAll(joined: Walked, pieces: readonly { walked: Walked }[]): void {
  const count = pieces.reduce((sum, { walked }) => sum + walked.count, 0);
  if (joined.count !== count) throw new Error(`${count} records joined are ${joined.count}.`);
}

function rowsByTrace(walked: Walked): Map<string, number> {
  return new Map(Array.from({ length: walked.traceCount }, (_, row) => [keyOf(walked, row), row]));
}

function keyOf({ traceIds }: Walked, trace: number): string {
  return Buffer.prototype.latin1Slice.call(traceIds, trace * 16, trace * 16 + 16);
}
