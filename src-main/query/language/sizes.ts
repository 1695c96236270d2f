import { numberOf } from './numbers.ts';

/** Powers of 1000 and of 1024, as the SI and IEC write them; KB is what many write for kB. */
const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
const bytesIn = new Map<string, bigint>(
  prefixes.flatMap((prefix, power): [string, bigint][] => [
    [`${prefix}B`, 1000n ** BigInt(power)],
    [`${prefix.toUpperCase()}B`, 1000n ** BigInt(power)],
    ...(power === 0 ? [] : [[`${prefix.toUpperCase()}iB`, 1024n ** BigInt(power)] satisfies [string, bigint]]),
  ]),
);

const measured = /^([-+]?)(\d{1,40})(?:\.(\d{1,40}))?([a-z\u00B5\u03BC]+)$/iu;

/**
 * The number that an attribute is compared with, as text: `10kB` is 10000. Times have no unit here, because no attribute says in which one it counts. Where it is no number, a hint
 * at what would be one.
 */
export function numberWithUnit({ text }: { text: string }): string | { hint: string } {
  if (numberOf(text) !== undefined) return text;
  const [, sign = '', whole = '', fraction = '', unit = ''] = measured.exec(text) ?? [];
  const size = bytesIn.get(unit);
  if (size !== undefined) return scaled(sign, whole, fraction, size);
  if (/^(?:[num\u00B5\u03BC]?s|m|h)$/u.test(unit))
    return { hint: 'An attribute does not say in which unit it counts time, so write the number as it was sent; duration> knows units.' };
  return { hint: 'Sizes can have a unit: B, kB, MB, GB, KiB, MiB, GiB.' };
}

function scaled(sign: string, whole: string, fraction: string, size: bigint): string {
  const number = BigInt(whole + fraction) * size;
  const scale = 10n ** BigInt(fraction.length);
  const rest = (number % scale).toString().padStart(fraction.length, '0').replace(/0+$/u, '');
  return `${sign === '-' ? '-' : ''}${number / scale}${rest === '' || fraction === '' ? '' : `.${rest}`}`;
}
