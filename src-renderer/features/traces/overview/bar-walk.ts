import type { Bar, TimeDomain } from './chart-scale.ts';

/** Bars selected by their index; one where both are the same. May lie outside of the bars that hold traces. */
export interface BarSelection {
  anchor: number;
  at: number;
}

/** The index of the bar that a moment lies in, counted from the first that holds traces. */
export const barAt = (bars: readonly Bar[], ms: number): number => {
  const [first] = bars;
  return first === undefined ? 0 : Math.floor((ms - first.startMs) / (first.endMs - first.startMs));
};

/** As the histogram has it; where it has none, an empty one. */
export const barOf = (bars: readonly Bar[], index: number): Bar | undefined => {
  const [first] = bars;
  if (first === undefined) return undefined;
  const widthMs = first.endMs - first.startMs;
  const startMs = first.startMs + index * widthMs;
  return bars[index] ?? { startMs, endMs: startMs + widthMs, traceCount: 0, errorCount: 0 };
};

export const firstBarOf = (bars: readonly Bar[], domain: TimeDomain): number => barAt(bars, domain.startMs);

export const lastBarOf = (bars: readonly Bar[], domain: TimeDomain): number => {
  const index = barAt(bars, domain.endMs);
  return barOf(bars, index)?.startMs === domain.endMs ? index - 1 : index;
};

/** The whole of what is selected, as one bar. */
export const selectedBar = (bars: readonly Bar[], { anchor, at }: BarSelection): Bar | undefined => {
  const from = barOf(bars, Math.min(anchor, at));
  const to = barOf(bars, Math.max(anchor, at));
  if (from === undefined || to === undefined) return undefined;
  const within = bars.slice(Math.max(0, Math.min(anchor, at)), Math.max(0, Math.max(anchor, at) + 1));
  return {
    startMs: from.startMs,
    endMs: to.endMs,
    traceCount: within.reduce((sum, { traceCount }) => sum + traceCount, 0),
    errorCount: within.reduce((sum, { errorCount }) => sum + errorCount, 0),
  };
};
