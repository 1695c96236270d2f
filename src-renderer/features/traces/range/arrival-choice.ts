import { formatClockTime } from '#ui/base/time.ts';

/** Spans of time up to now that can be chosen. */
export const spans = ['5m', '15m', '1h', '24h'] as const;
export type Span = (typeof spans)[number];

/** Which traces are looked at by the time of their arrival: those of a span up to now, of an exact range, or all. */
export interface ArrivalChoice {
  since?: Span | undefined;
  /** Nanoseconds since 1970. */
  from?: string | undefined;
  /** Not included. */
  to?: string | undefined;
}

/** A choice as of a moment. */
export interface ArrivalWindow {
  from: string | undefined;
  to: string | undefined;
}

const minuteMs = 60_000;
const spanMs: Record<Span, number> = { '5m': 5 * minuteMs, '15m': 15 * minuteMs, '1h': 60 * minuteMs, '24h': 1440 * minuteMs };
/** The window of a span moves on in so many steps, so that what is shown of it does not change all the time. */
const stepsOfSpan = 60;

export const spanNames: Record<Span, string> = {
  '5m': 'Last 5 minutes',
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
};

/** An exact range holds where both are given. */
export const choiceOf = ({ since, from, to }: ArrivalChoice): ArrivalChoice =>
  from === undefined && to === undefined ? { since } : { from, to };

export const isAllTime = ({ since, from, to }: ArrivalChoice): boolean => since === undefined && from === undefined && to === undefined;

/** Ends at most one step after now. */
export const windowAt = ({ since, from, to }: ArrivalChoice, nowMs: number): ArrivalWindow => {
  if (since === undefined) return { from, to };
  const stepMs = spanMs[since] / stepsOfSpan;
  const endMs = (Math.floor(nowMs / stepMs) + 1) * stepMs;
  return { from: nsOfMs(endMs - spanMs[since]), to: nsOfMs(endMs) };
};

/** In whole microseconds, which is as far as these numbers carry. */
export const nsOfMs = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n);

export const msOfNs = (ns: string): number => Number(BigInt(ns) / 1000n) / 1000;

export const choiceName = ({ since, from, to }: ArrivalChoice): string => {
  if (from !== undefined || to !== undefined) return rangeName(from, to);
  return since === undefined ? 'All time' : spanNames[since];
};

const rangeName = (from: string | undefined, to: string | undefined): string => {
  if (from === undefined) return `Until ${momentName(to ?? '0')}`;
  return to === undefined
    ? `From ${momentName(from)}`
    : `${momentName(from)} – ${dayOf(from) === dayOf(to) ? clockOf(to) : momentName(to)}`;
};

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

const dayOf = (ns: string): string => dayFormat.format(msOfNs(ns));

/** Without the milliseconds where there are none. */
const clockOf = (ns: string): string => formatClockTime(ns).replace(/\.000$/, '');

/** The day only where it is not today. */
export const momentName = (ns: string): string =>
  dayOf(ns) === dayFormat.format(Date.now()) ? clockOf(ns) : `${dayOf(ns)} ${clockOf(ns)}`;
