import { walkLogs } from '#main/decode/walk/walk-logs';
import { walkSpans } from '#main/decode/walk/walk-spans';
import { noRow } from '#main/decode/walk/walked';
import type { StoredChunk, TraceArrivals } from '../chunk-rows.ts';
import type { LogRun } from '../index/log-entry.ts';
import type { LogPiece, SpanPiece } from './pieces.ts';
import { selectRecords } from './select-records.ts';

/** The spans of a chunk whose traces stay, with the places that these have. */
export function carriedSpans(
  { bytes, importId }: StoredChunk,
  { ordinals, receivedNs, newestNs }: TraceArrivals,
  stays: (ordinal: number) => boolean,
): SpanPiece {
  const { trace } = walkSpans(bytes).walked;
  const { walked } = walkSpans(selectRecords(bytes, (row) => stays(ordinals[trace[row] ?? noRow] ?? 0)));
  // Traces come in the same order in what is left.
  const rows = [...ordinals.keys()].filter((row) => stays(ordinals[row] ?? 0));
  return {
    walked,
    importId,
    arrivals: {
      ordinals: Uint32Array.from(rows, (row) => ordinals[row] ?? 0),
      receivedNs: BigUint64Array.from(rows, (row) => receivedNs[row] ?? 0n),
      newestNs,
    },
  };
}

/** The log records that belong to `traces` (ids in hexadecimal), with the ids that they have; `undefined` where there are none. */
export function carriedLogs(
  { walked: { bytes, count, trace, traceIds }, importId, runs }: LogPiece,
  traces: ReadonlySet<string>,
): LogPiece | undefined {
  if (traces.size === 0) return undefined;
  const stays = Array.from({ length: traceIds.length >>> 4 }, (_, row) =>
    traces.has(Buffer.prototype.hexSlice.call(traceIds, row * 16, row * 16 + 16)),
  );
  if (!stays.includes(true)) return undefined;
  const keep = (row: number): boolean => stays[trace[row] ?? noRow] === true;
  const { walked } = walkLogs(selectRecords(bytes, keep));
  return { walked, importId, runs: keptRuns(runs, count, keep) };
}

function keptRuns(runs: readonly LogRun[], count: number, keep: (row: number) => boolean): LogRun[] {
  const kept: LogRun[] = [];
  let run = 0;
  let runStart = 0;
  for (let row = 0; row < count; row += 1) {
    while (row >= runStart + (runs[run]?.count ?? Infinity)) {
      runStart += runs[run]?.count ?? 0;
      run += 1;
    }
    if (!keep(row)) continue;
    const { firstId, receivedNs } = runs[run] as LogRun;
    const id = firstId + row - runStart;
    const last = kept.at(-1);
    if (last !== undefined && last.firstId + last.count === id && last.receivedNs === receivedNs) last.count += 1;
    else kept.push({ firstId: id, count: 1, receivedNs });
  }
  return kept;
}
