/** What a figure counts. A `ratio` has no unit. */
export type Unit = 'ratio' | 'ms' | 'MB' | 'per second' | 'bytes a span' | 'bytes a record' | 'of a core';

/** One number that a measurement came to, and what it has to be. */
export interface Figure {
  what: string;
  measured: number;
  unit: Unit;
  /** Undefined: said for comparison. */
  target?: { atLeast: number } | { atMost: number };
  /** What it was made of, in a few words. */
  from?: string;
}

export function isMet({ measured, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return 'atLeast' in target ? measured >= target.atLeast : measured <= target.atMost;
}

export function measuredText({ measured, unit }: Figure): string {
  return withUnit(measured, unit);
}

export function targetText({ target, unit }: Figure): string {
  if (target === undefined) return '';
  return 'atLeast' in target ? `≥ ${withUnit(target.atLeast, unit)}` : `≤ ${withUnit(target.atMost, unit)}`;
}

function withUnit(value: number, unit: Unit): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.095 ? 2 : 3;
  const text = value.toLocaleString('en', { maximumFractionDigits: digits });
  return unit === 'ratio' ? text : `${text} ${unit}`;
}

/** A number of things in words, for `from`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
