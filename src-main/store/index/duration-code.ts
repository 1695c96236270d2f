import type { Comparison } from '#proto/model/query';

/**
 * A duration in 16 bits that keep its order: a floating-point number with 9 bits behind the leading one, so exact below 1,024 ns and within 0.2 % above, around `zero`. Every
 * difference of two unsigned 64-bit times has a code: 0 is 32,768; a longer one has a larger code, or the same one; a negative one is mirrored.
 */
const zero = 32_768;
const mantissaBits = 9;
const longest = 2n ** 64n - 1n;

/** `end - start`, given as halves of 32 bits. */
export function durationCode(startLow: number, startHigh: number, endLow: number, endHigh: number): number {
  const negative = endHigh >>> 0 < startHigh >>> 0 || (endHigh === startHigh && endLow >>> 0 < startLow >>> 0);
  return negative ? zero - magnitudeCode(startLow, startHigh, endLow, endHigh) : zero + magnitudeCode(endLow, endHigh, startLow, startHigh);
}

/** `larger - smaller` as a code above 0. */
function magnitudeCode(largerLow: number, largerHigh: number, smallerLow: number, smallerHigh: number): number {
  const borrow = largerLow >>> 0 < smallerLow >>> 0 ? 1 : 0;
  const low = (largerLow - smallerLow) >>> 0;
  const high = (largerHigh - smallerHigh - borrow) >>> 0;
  const exponent = high === 0 ? 31 - Math.clz32(low) : 63 - Math.clz32(high);
  if (exponent < mantissaBits) return low;
  const drop = exponent - mantissaBits;
  const mantissa = drop >= 32 ? high >>> (drop - 32) : drop === 0 ? low : (low >>> drop) | (high << (32 - drop));
  return ((drop + 1) << mantissaBits) + (mantissa & ((1 << mantissaBits) - 1));
}

/** What is longer than any span has the code of the longest. */
export function durationCodeOf(ns: bigint): number {
  const exact = ns < 0n ? -ns : ns;
  const magnitude = exact > longest ? longest : exact;
  const code = magnitudeCode(Number(magnitude & 0xffff_ffffn), Number(magnitude >> 32n), 0, 0);
  return ns < 0n ? zero - code : zero + code;
}

/** Smallest and largest duration of those that have `code`. */
export function durationsOf(code: number): { min: bigint; max: bigint } {
  const distance = Math.abs(code - zero);
  const exponent = distance >>> mantissaBits;
  const drop = BigInt(Math.max(0, exponent - 1));
  const lead = exponent === 0 ? BigInt(distance) : BigInt((1 << mantissaBits) | (distance & ((1 << mantissaBits) - 1)));
  const near = lead << drop;
  const far = near + (1n << drop) - 1n;
  return code < zero ? { min: -far, max: -near } : { min: near, max: far };
}

/** Codes from, up to and including: of durations that may meet a comparison, and of those that all meet it. Empty where from is after to. */
export interface DurationCodeRange {
  mayFrom: number;
  mayTo: number;
  mustFrom: number;
  mustTo: number;
}

const smallest = 0;
const largest = 0xffff;

/** For `!=` ask for `=` and turn it round. `ns` may be beyond what spans can have. */
export function durationCodeRange(comparison: Exclude<Comparison, '!='>, ns: bigint): DurationCodeRange {
  const code = durationCodeOf(ns);
  const { min, max } = durationsOf(code);
  switch (comparison) {
    case '=':
      return { mayFrom: code, mayTo: code, mustFrom: code, mustTo: min === max ? code : code - 1 };
    case '<':
      return { mayFrom: smallest, mayTo: min < ns ? code : code - 1, mustFrom: smallest, mustTo: max < ns ? code : code - 1 };
    case '<=':
      return { mayFrom: smallest, mayTo: min <= ns ? code : code - 1, mustFrom: smallest, mustTo: max <= ns ? code : code - 1 };
    case '>':
      return { mayFrom: max > ns ? code : code + 1, mayTo: largest, mustFrom: min > ns ? code : code + 1, mustTo: largest };
    case '>=':
      return { mayFrom: max >= ns ? code : code + 1, mayTo: largest, mustFrom: min >= ns ? code : code + 1, mustTo: largest };
  }
}
