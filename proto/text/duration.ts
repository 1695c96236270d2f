/** A number with its unit, kept apart so that the unit can be set smaller. */
export interface Quantity {
  value: string;
  unit: string;
}

const units = [
  { unit: 'ns', ns: 1 },
  { unit: 'µs', ns: 1e3 },
  { unit: 'ms', ns: 1e6 },
  { unit: 's', ns: 1e9 },
] as const;

const wholeUnits = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const;

/**
 * A duration for reading: three significant digits in the largest unit that fits (`1.24 s`, `340 ms`, `12 µs`), and two whole units from a minute on
 * (`2 min 5 s`). Takes decimal nanoseconds as the bridge sends them, or a number of nanoseconds; negative durations keep their sign.
 */
export const durationParts = (durationNs: string | number): Quantity[] => {
  const ns = Number(durationNs);
  if (!Number.isFinite(ns)) return [{ value: '–', unit: '' }];
  const sign = ns < 0 ? '−' : '';
  const magnitudeNs = Math.abs(ns);
  const parts = magnitudeNs >= 59.95e9 ? wholeParts(Math.round(magnitudeNs / 1e9)) : [scaled(magnitudeNs)];
  return parts.map((part, index) => (index === 0 ? { ...part, value: sign + part.value } : part));
};

/** `durationParts` as one string, for titles, labels and canvas text. */
export const formatDuration = (durationNs: string | number): string =>
  durationParts(durationNs)
    .map(({ value, unit }) => (unit === '' ? value : `${value} ${unit}`))
    .join(' ');

const scaled = (ns: number): Quantity => {
  if (ns === 0) return { value: '0', unit: 'ms' };
  // Rounded before the unit is chosen: 999.96 ms is 1 s, not 1000 ms.
  const rounded = Number(ns.toPrecision(3));
  const { unit, ns: size } = units.findLast((candidate) => rounded >= candidate.ns) ?? units[0];
  return { value: String(Number((rounded / size).toPrecision(3))), unit };
};

const wholeParts = (totalSeconds: number): Quantity[] => {
  const first = Math.max(
    0,
    wholeUnits.findIndex(({ seconds }) => totalSeconds >= seconds),
  );
  let rest = totalSeconds;
  const parts: Quantity[] = [];
  for (const { unit, seconds } of wholeUnits.slice(first, first + 2)) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0 || parts.length === 0) parts.push({ value: String(count), unit });
  }
  return parts;
};
