const digitBits = 11;
const digits = 1 << digitBits;

/**
 * The rows in order of their times, equal times in order of the rows. `times` holds unsigned 64-bit numbers as pairs of halves, the low one first. A radix sort, least significant digit
 * first: a hundred thousand rows take a millisecond or two, and a digit that all times share takes nothing.
 */
export function orderOfTimes(times: Uint32Array, rows: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  let from = rows;
  let to = new Uint32Array(rows.length);
  for (const half of [0, 1]) {
    for (let shift = 0; shift < 32; shift += digitBits) {
      if (!sortByDigit(times, half, shift, from, to)) continue;
      [from, to] = [to, from];
    }
  }
  return from;
}

/** False, with nothing done, where all have the same digit. */
function sortByDigit(times: Uint32Array, half: number, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const places = new Uint32Array(digits);
  const digitOf = (row: number): number => ((times[2 * row + half] as number) >>> shift) & (digits - 1);
  for (let at = 0; at < from.length; at += 1) {
    const digit = digitOf(from[at] as number);
    places[digit] = (places[digit] as number) + 1;
  }
  if (from.length === 0 || places[digitOf(from[0] as number)] === from.length) return false;
  let sum = 0;
  for (let digit = 0; digit < digits; digit += 1) {
    const count = places[digit] as number;
    places[digit] = sum;
    sum += count;
  }
  for (let at = 0; at < from.length; at += 1) {
    const row = from[at] as number;
    const digit = digitOf(row);
    const place = places[digit] as number;
    to[place] = row;
    places[digit] = place + 1;
  }
  return true;
}
