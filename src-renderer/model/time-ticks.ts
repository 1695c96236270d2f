import type { TimeWindow } from '#proto/analysis/time-window';
import { lengthNs } from './time-scale.ts';

export interface Tick {
  ns: number;
  label: string;
}

const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Above a second, people count in sixties and twenty-fours. */
const longSteps = [1, 2, 5, 10, 15, 30]
  .flatMap((count) => [count * second, count * minute])
  .concat([1, 2, 3, 6, 12].map((count) => count * hour));

/**
 * Round moments across a window, as many as fit with `spacingPx` between them. All labels of one axis have one unit and as many decimals as its step needs,
 * so that neighbours differ by what can be seen; from a minute on they read like a clock.
 */
export const timeTicks = (window: TimeWindow, widthPx: number, spacingPx: number): Tick[] => {
  const most = Math.max(1, Math.floor(widthPx / spacingPx));
  const stepNs = niceStep(lengthNs(window) / most);
  const reachNs = Math.max(Math.abs(window.startNs), Math.abs(window.endNs));
  const ticks: Tick[] = [];
  const first = Math.ceil(window.startNs / stepNs);
  const last = Math.floor(window.endNs / stepNs);
  for (let index = first; index <= last && ticks.length <= most + 1; index++) {
    const ns = index * stepNs;
    ticks.push({ ns, label: formatMoment(ns, stepNs, reachNs) });
  }
  return ticks;
};

/** The smallest step of the form 1, 2, 5 × 10ⁿ (or of the clock, from a second on) that is not below `leastNs`. */
export const niceStep = (leastNs: number): number => {
  if (leastNs > second) {
    const long = longSteps.toSorted((a, b) => a - b).find((step) => step >= leastNs);
    if (long !== undefined) return long;
    return decimalStep(leastNs / day) * day;
  }
  return Math.max(1, decimalStep(leastNs));
};

const decimalStep = (least: number): number => {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-12)) ?? 10;
  return factor * power;
};

const scales = [
  { unit: 's', ns: second },
  { unit: 'ms', ns: 1e6 },
  { unit: 'µs', ns: 1e3 },
  { unit: 'ns', ns: 1 },
] as const;

/** A moment of a trace, to the precision of `stepNs`, in the unit that suits a trace that reaches as far as `reachNs`. */
export const formatMoment = (ns: number, stepNs: number, reachNs: number): string => {
  if (reachNs >= 2 * minute) return clockMoment(ns, stepNs);
  const scale = scales.find((candidate) => reachNs >= candidate.ns) ?? scales[3];
  const decimals = Math.max(0, Math.ceil(Math.log10(scale.ns / stepNs) - 1e-9));
  const text = (Math.abs(ns) / scale.ns).toFixed(Math.min(decimals, 9));
  return `${sign(ns, text)}${text} ${scale.unit}`;
};

const pad = (value: number): string => String(value).padStart(2, '0');

/** `1:05`, `1:05.25`, `2:01:05`, `3 d 02:00:00`. */
const clockMoment = (ns: number, stepNs: number): string => {
  const decimals = stepNs >= second ? 0 : Math.min(9, Math.ceil(Math.log10(second / stepNs) - 1e-9));
  const magnitude = Math.abs(ns);
  const wholeSeconds = Math.floor(Number((magnitude / second).toFixed(decimals)));
  const rest = Math.max(0, magnitude / second - wholeSeconds)
    .toFixed(decimals)
    .slice(1);
  const seconds = pad(wholeSeconds % 60) + rest;
  const minutes = Math.floor(wholeSeconds / 60) % 60;
  const hours = Math.floor(wholeSeconds / 3600) % 24;
  const days = Math.floor(wholeSeconds / 86_400);
  const text =
    days > 0
      ? `${days} d ${pad(hours)}:${pad(minutes)}:${seconds}`
      : hours > 0
        ? `${hours}:${pad(minutes)}:${seconds}`
        : `${minutes}:${seconds}`;
  return sign(ns, text) + text;
};

const sign = (ns: number, text: string): string => (ns < 0 && /[1-9]/.test(text) ? '−' : '');
