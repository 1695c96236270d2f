import { halvesOf } from './halves.ts';

/**
 * Times of a chunk's log records as what they are after the earliest, in the fewest whole bytes that all of them fit in, little endian: 4 within 4.3 s, 5 within 18
 * minutes, 6 within 78 hours. Smaller codes exist; this one is read at a few nanoseconds a record.
 */

export function timeBytesOf(timesNs: BigUint64Array): { earliest: bigint; bytesEach: number } {
  let earliest = timesNs[0] ?? 0n;
  let latest = earliest;
  for (const time of timesNs) {
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  let bytesEach = 4;
  while (bytesEach < 8 && (latest - earliest) >> BigInt(bytesEach * 8) !== 0n) bytesEach += 1;
  return { earliest, bytesEach };
}

export function writeTimes(timesNs: BigUint64Array, earliest: bigint, bytesEach: number): Uint8Array {
  const bytes = new Uint8Array(timesNs.length * bytesEach);
  const after = new Uint8Array(timesNs.map((time) => time - earliest).buffer);
  for (let row = 0; row < timesNs.length; row += 1)
    for (let byte = 0; byte < bytesEach; byte += 1) bytes[row * bytesEach + byte] = after[row * 8 + byte] as number;
  return bytes;
}

export function readTimes(bytes: Uint8Array, count: number, earliest: bigint, bytesEach: number): BigUint64Array {
  const times = new BigUint64Array(count);
  const halves = halvesOf(times);
  const earliestLow = Number(earliest & 0xffff_ffffn);
  const earliestHigh = Number(earliest >> 32n);
  let at = 0;
  for (let row = 0; row < count; row += 1) {
    const after =
      (bytes[at] as number) +
      (bytes[at + 1] as number) * 0x100 +
      (bytes[at + 2] as number) * 0x1_0000 +
      (bytes[at + 3] as number) * 0x100_0000;
    let afterHigh = 0;
    for (let byte = bytesEach - 1; byte >= 4; byte -= 1) afterHigh = afterHigh * 0x100 + (bytes[at + byte] as number);
    const low = earliestLow + after;
    halves[row * 2] = low;
    halves[row * 2 + 1] = earliestHigh + afterHigh + (low > 0xffff_ffff ? 1 : 0);
    at += bytesEach;
  }
  return times;
}
