import { scaleLog, scaleTime } from 'd3-scale';
import type { ArrivalHistogram, TracePoint } from '#proto/bridge/trace-overview';
import { formatDuration } from '#proto/text/duration';
import { type ArrivalWindow, msOfNs } from '../range/arrival-choice.ts';

/** A range of time in milliseconds since 1970. */
export interface TimeDomain {
  startMs: number;
  endMs: number;
}

export interface Bar {
  startMs: number;
  endMs: number;
  traceCount: number;
  errorCount: number;
}

export interface AxisTick {
  px: number;
  label: string;
}

/** Where nothing says how long the time is that is looked at: a burst of requests would otherwise fill the width. */
const leastMs = 10_000;

export const barsOf = ({ startTimeUnixNano, bucketNano, traceCounts, errorCounts }: ArrivalHistogram): Bar[] => {
  const startMs = msOfNs(startTimeUnixNano);
  const widthMs = msOfNs(bucketNano);
  return traceCounts.map((traceCount, index) => ({
    startMs: startMs + index * widthMs,
    endMs: startMs + (index + 1) * widthMs,
    traceCount,
    errorCount: errorCounts[index] ?? 0,
  }));
};

/** From end to end of the range that is asked for; where it is open, as far as there are traces. */
export const domainOf = ({ from, to }: ArrivalWindow, bars: readonly Bar[]): TimeDomain => {
  const lastMs = bars.at(-1)?.endMs ?? Date.now();
  const endMs = to === undefined ? lastMs : msOfNs(to);
  const firstMs = Math.min(bars[0]?.startMs ?? endMs, endMs - leastMs);
  const startMs = from === undefined ? firstMs : msOfNs(from);
  return { startMs, endMs: Math.max(endMs, startMs + 0.001) };
};

export const pxOfMs = ({ startMs, endMs }: TimeDomain, widthPx: number, ms: number): number =>
  ((ms - startMs) / (endMs - startMs)) * widthPx;

export const msOfPx = ({ startMs, endMs }: TimeDomain, widthPx: number, px: number): number =>
  startMs + (Math.max(0, Math.min(widthPx, px)) / Math.max(1, widthPx)) * (endMs - startMs);

const tickSpacingPx = 110;

/** Round moments of local time. */
export const clockTicks = (domain: TimeDomain, widthPx: number): AxisTick[] => {
  const dates = scaleTime()
    .domain([domain.startMs, domain.endMs])
    .ticks(Math.max(1, Math.floor(widthPx / tickSpacingPx)));
  const stepMs = dates.length > 1 ? Number(dates[1]) - Number(dates[0]) : domain.endMs - domain.startMs;
  return dates
    .map((date) => ({ px: pxOfMs(domain, widthPx, Number(date)), label: clockLabel(date, stepMs) }))
    .filter(({ px }) => px > 24 && px < widthPx - 24);
};

const clockLabel = (date: Date, stepMs: number): string => {
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0 && date.getMilliseconds() === 0;
  if (isMidnight)
    return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(stepMs > 300 * 86_400_000 ? { year: 'numeric' } : {}) });
  const clock = date.toTimeString().slice(0, stepMs < 60_000 ? 8 : 5);
  return stepMs < 1000 ? `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}` : clock;
};

/** Durations on a logarithmic axis, long ones above. */
export interface DurationScale {
  pxOf: (durationNano: string) => number;
  ticks: AxisTick[];
}

/** Durations of 0 stand with those of a microsecond: a logarithm has no place for them. */
const shortestNs = 1000;

export const durationScale = (points: readonly TracePoint[], topPx: number, bottomPx: number): DurationScale => {
  const durations = points.map(({ durationNano }) => Math.max(shortestNs, Number(durationNano)));
  const least = durations.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = durations.reduce((a, b) => Math.max(a, b), 0);
  const [low, high] = durations.length === 0 ? [1e6, 1e9] : [decade(least, Math.floor), decade(most * 1.0001, Math.ceil)];
  const scale = scaleLog().domain([low, high]).range([bottomPx, topPx]).clamp(true);
  const decades = Math.round(Math.log10(high / low));
  const step = Math.ceil(decades / 4);
  return {
    pxOf: (durationNano) => scale(Math.max(shortestNs, Number(durationNano))),
    ticks: Array.from({ length: Math.floor(decades / step) + 1 }, (_, index) => low * 10 ** (index * step)).map((ns) => ({
      px: scale(ns),
      label: formatDuration(ns),
    })),
  };
};

const decade = (ns: number, round: (power: number) => number): number => 10 ** round(Math.log10(ns));

/** The top of a count axis: the next 1, 2 or 5 of a power of ten, so that bars hold still while traces arrive. */
export const countScaleEnd = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return ([1, 2, 5].find((step) => step * power >= most) ?? 10) * power;
};
