import type { Quantity } from './duration.ts';

const whole = new Intl.NumberFormat('en-GB');

/** Every digit, grouped: `12,345`. */
export const formatCount = (count: number): string => whole.format(count);

/** At most four characters, for places with a reserved width: `987`, `12.3k`, `4.1M`. */
export const formatShortCount = (count: number): string => {
  if (count < 1000) return String(count);
  const [size, suffix] = count < 999_500 ? [1e3, 'k'] : count < 999_500_000 ? [1e6, 'M'] : [1e9, 'G'];
  const value = count / size;
  return `${value < 99.95 ? Number(value.toFixed(1)) : Math.round(value)}${suffix}`;
};

/** `once`, `twice`, `48 times`. */
export const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`);

/** `1 span`, `2 spans`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in decimal units with three significant digits: `512 B`, `1.2 MB`. */
export const byteParts = (bytes: number): Quantity => {
  let value = Number(bytes.toPrecision(3));
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value = Number((value / 1000).toPrecision(3));
    unit += 1;
  }
  return { value: String(value), unit: byteUnits[unit] ?? 'B' };
};

export const formatBytes = (bytes: number): string => {
  const { value, unit } = byteParts(bytes);
  return `${value} ${unit}`;
};
