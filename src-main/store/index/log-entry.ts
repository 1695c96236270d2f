import type { WalkedLogs } from '#main/decode/walk/walked';
import type { LogEntry } from './entries.ts';
import { EntryReader, EntryWriter } from './entry-bytes.ts';
import { numberZonesOf } from './number-zones.ts';
import { readTimes, timeBytesOf, writeTimes } from './log-times.ts';
import { sourceRunsOf } from './source-runs.ts';

/**
 * Five to seven bytes a log record and some dozens a chunk. As bytes: five numbers (records, source runs, id runs, number zones, bytes a time), then the columns: the
 * earliest time in 64 bits; zone minima and maxima and first ids as doubles; zone keys, source ids and ends, and id ends in 32 bits; severities in 8; times as `log-
 * times.ts` writes them.
 */

/** Log records that arrived together: ids count on from the first. */
export interface LogRun {
  firstId: number;
  count: number;
  receivedNs: bigint;
}

/** `sourceIds`: of each row of `walked.sources`. `runs`: of all records, in order. */
export function logEntryOf(walked: WalkedLogs, sourceIds: Uint32Array, runs: readonly LogRun[]): LogEntry {
  let end = 0;
  return {
    count: walked.count,
    ...sourceRunsOf(walked, sourceIds),
    timesNs: effectiveTimesOf(walked, runs),
    severity: severitiesOf(walked),
    firstIds: Float64Array.from(runs, ({ firstId }) => firstId),
    idEnds: Uint32Array.from(runs, ({ count }) => (end += count)),
    zones: numberZonesOf(walked),
  };
}

function effectiveTimesOf({ count, timeNs, observedNs }: WalkedLogs, runs: readonly LogRun[]): BigUint64Array {
  const times = new BigUint64Array(count);
  let row = 0;
  for (const run of runs) {
    const end = Math.min(row + run.count, count);
    for (; row < end; row += 1) times[row] = timeNs[row] || observedNs[row] || run.receivedNs;
  }
  return times;
}

function severitiesOf({ count, severity }: WalkedLogs): Uint8Array {
  const known = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    const number = severity[row] as number;
    known[row] = number >= 0 && number <= 24 ? number : 255;
  }
  return known;
}

export function writeLogEntry(entry: LogEntry): Uint8Array {
  const { sourceIds, firstIds, zones, timesNs } = entry;
  const { earliest, bytesEach } = timeBytesOf(timesNs);
  const writer = new EntryWriter();
  writer.column(Uint32Array.of(entry.count, sourceIds.length, firstIds.length, zones.keys.length, bytesEach));
  writer.column(BigUint64Array.of(earliest));
  for (const column of [zones.min, zones.max, firstIds]) writer.column(column);
  for (const column of [zones.keys, sourceIds, entry.sourceEnds, entry.idEnds]) writer.column(column);
  writer.column(entry.severity);
  writer.column(writeTimes(timesNs, earliest, bytesEach));
  return writer.take();
}

/** Its columns, but for the times, are views of `bytes` where those begin at a multiple of 8. Throws a `RangeError` where the bytes are too few. */
export function readLogEntry(bytes: Uint8Array): LogEntry {
  const reader = new EntryReader(bytes);
  const [count = 0, sourceRuns = 0, idRuns = 0, zoneCount = 0, bytesEach = 0] = reader.u32(5);
  const earliest = reader.u64(1)[0] as bigint;
  const min = reader.f64(zoneCount);
  const max = reader.f64(zoneCount);
  const firstIds = reader.f64(idRuns);
  const zones = { keys: reader.u32(zoneCount), min, max };
  return {
    count,
    sourceIds: reader.u32(sourceRuns),
    sourceEnds: reader.u32(sourceRuns),
    idEnds: reader.u32(idRuns),
    severity: reader.u8(count),
    timesNs: readTimes(reader.u8(count * bytesEach), count, earliest, bytesEach),
    firstIds,
    zones,
  };
}
