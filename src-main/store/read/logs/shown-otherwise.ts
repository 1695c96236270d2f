import type { NumberZones } from '../../index/entries.ts';

/** Longer numbers than these digits are no longer what a double counts exactly. */
const mostDigits = 16;

/** Whether a record of a chunk may show a word that begins with one of `words` in a value that is an int or a bool. */
export function mayShowInNumbers(words: readonly string[], zones: NumberZones): boolean {
  return words.some((word) => 'true'.startsWith(word) || 'false'.startsWith(word) || mayShowInInts(word, zones));
}

/** Numbers that begin with the same digits are a few ranges: those of 12 are 12, 120 to 129, 1200 to 1299 and so on. */
function mayShowInInts(word: string, { keys, min, max }: NumberZones): boolean {
  // No number is written with a zero before it.
  if (!/^(?:0|[1-9]\d*)$/.test(word)) return false;
  if (word.length >= mostDigits) return keys.length > 0;
  const isWithin = (from: number, to: number): boolean =>
    keys.some((_, zone) => (min[zone] as number) <= to && (max[zone] as number) >= from);
  for (let digits = word.length, from = Number(word), count = 1; digits <= mostDigits; digits += 1, from *= 10, count *= 10) {
    const to = from + count;
    if (isWithin(from, to) || isWithin(-to, -from)) return true;
  }
  return isWithin(10 ** mostDigits, Infinity) || isWithin(-Infinity, -(10 ** mostDigits));
}
