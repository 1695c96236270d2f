import type { UnixNano } from '#proto/model/time';

const units = [
  { name: 'h', ns: 3_600_000_000_000n },
  { name: 'm', ns: 60_000_000_000n },
  { name: 's', ns: 1_000_000_000n },
  { name: 'ms', ns: 1_000_000n },
  { name: 'us', ns: 1000n },
  { name: 'ns', ns: 1n },
] as const;

/** No span is longer: its times are unsigned 64-bit numbers. */
const longestNs = 2n ** 64n - 1n;

/** A number with its unit as exact nanoseconds, `1.5ms` as `"1500000"`. `undefined` where it is none, where it has parts of a nanosecond, or where no span can be as long. */
export function readDuration(text: string): UnixNano | undefined {
  const [, sign, whole = '', fraction = '', name] =
    /^([-+]?)(\d{1,40})(?:\.(\d{1,40}))?(ns|us|[\u00B5\u03BC]s|ms|s|m|h)$/u.exec(text) ?? [];
  const unit = units.find((known) => known.name === name?.replace(/[\u00B5\u03BC]/u, 'u'));
  if (unit === undefined) return undefined;
  const scaled = BigInt(whole + fraction) * unit.ns;
  const scale = 10n ** BigInt(fraction.length);
  const ns = scaled / scale;
  if (scaled % scale !== 0n || ns > longestNs) return undefined;
  return String(sign === '-' ? -ns : ns);
}

/** Several with their units as one, `1m30s` as the sum, as Go writes them. `undefined` where one of them is none. */
export function addDurations(text: string): UnixNano | undefined {
  const parts = text.match(/[-+]?\d+(?:\.\d+)?[a-z\u00B5\u03BC]+/gu) ?? [];
  if (parts.length === 0 || parts.join('') !== text) return undefined;
  const sign = text.startsWith('-') ? -1n : 1n;
  let sum = 0n;
  for (const [index, part] of parts.entries()) {
    const ns = readDuration(part);
    if (ns === undefined) return undefined;
    sum += index === 0 ? BigInt(ns) : sign * BigInt(ns);
  }
  return String(sum);
}

/** In the largest unit that needs no decimals. */
export function writeDuration(ns: UnixNano): string {
  const value = BigInt(ns);
  if (value === 0n) return '0s';
  const { name, ns: size } = units.find((unit) => value % unit.ns === 0n) ?? { name: 'ns', ns: 1n };
  return `${value / size}${name}`;
}
