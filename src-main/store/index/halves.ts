/** 64-bit numbers as pairs of 32-bit ones, the low half first (all machines that Node runs on are little endian): arithmetic on BigInt would make an object a number. */
export function halvesOf(numbers: BigUint64Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
}
