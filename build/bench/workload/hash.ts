/**
 * A deterministic stand-in for randomness: 32 bits that look like nothing. Every field of the workload is one of a position, so that any export can be made again alone, and what a
 * query has to find is known. For one `salt`, different inputs give different results.
 */
export function hash(input: number, salt: number): number {
  let bits = Math.imul(input ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul((salt + 0x7f4a_7c15) | 0, 0xc2b2_ae35);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x2c1b_3c6d);
  bits ^= bits >>> 12;
  bits = Math.imul(bits, 0x297a_2d39);
  bits ^= bits >>> 15;
  return bits >>> 0;
}

/** From 0 up to, not including, 1. */
export function fraction(input: number, salt: number): number {
  return hash(input, salt) / 2 ** 32;
}

/** One of `values`. */
export function pick<Value>(values: readonly Value[], input: number, salt: number): Value {
  const value = values[hash(input, salt) % values.length];
  if (value === undefined) throw new RangeError('There is nothing to pick from.');
  return value;
}
