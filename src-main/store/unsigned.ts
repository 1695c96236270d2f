/** Both ends of what an unsigned 64-bit number can be. */
const maxUnsigned = 2n ** 64n - 1n;
const half = 2n ** 63n;

/**
 * SQLite's integers are signed, OTLP's times are not. Moving them by 2^63 keeps every value exact and in order, which clamping would not. What lies outside 64 bits,
 * which no decoder should let through, goes to the nearest end.
 */
export function toSigned(unsigned: bigint): bigint {
  if (unsigned > maxUnsigned) return half - 1n;
  return (unsigned < 0n ? 0n : unsigned) - half;
}

export function fromSigned(signed: bigint): bigint {
  return signed + half;
}
