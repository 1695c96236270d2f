import type { TimeWindow } from '#proto/analysis/time-window';

/**
 * The shortest window. Offsets are float64, exact to a nanosecond up to 104 days and to an eighth of one for traces of hours, so ten of them across a
 * screen is as deep as the numbers carry.
 */
const shortestWindowNs = 10;

export const lengthNs = (window: TimeWindow): number => window.endNs - window.startNs;

export const pxOf = (window: TimeWindow, widthPx: number, ns: number): number => ((ns - window.startNs) / lengthNs(window)) * widthPx;

export const nsOf = (window: TimeWindow, widthPx: number, px: number): number =>
  window.startNs + (widthPx > 0 ? (px / widthPx) * lengthNs(window) : 0);

export const isWhole = (window: TimeWindow, bounds: TimeWindow): boolean =>
  window.startNs <= bounds.startNs && window.endNs >= bounds.endNs;

/** The window nearest to the one asked for that lies inside `bounds` and is neither empty nor reversed. */
export const clampWindow = (window: TimeWindow, bounds: TimeWindow): TimeWindow => {
  const wanted = Math.max(Math.abs(lengthNs(window)), shortestWindowNs);
  const length = Math.min(wanted, lengthNs(bounds));
  const middle = (window.startNs + window.endNs) / 2;
  // Grown about its middle only where it was too short: a window that has the right length must not drift by rounding.
  const asked = length === lengthNs(window) ? window.startNs : middle - length / 2;
  const startNs = Math.min(Math.max(asked, bounds.startNs), bounds.endNs - length);
  return { startNs, endNs: Math.min(startNs + length, bounds.endNs) };
};

/** Zooms about a moment that keeps its place on the screen. `factor` below 1 zooms in. */
export const zoomAbout = (window: TimeWindow, bounds: TimeWindow, aboutNs: number, factor: number): TimeWindow => {
  const length = Math.min(Math.max(lengthNs(window) * factor, shortestWindowNs), lengthNs(bounds));
  const share = (aboutNs - window.startNs) / lengthNs(window);
  const startNs = aboutNs - share * length;
  return clampWindow({ startNs, endNs: startNs + length }, bounds);
};

/** Moves the window by nanoseconds, as far as the bounds let it. */
export const panBy = (window: TimeWindow, bounds: TimeWindow, byNs: number): TimeWindow => {
  const length = lengthNs(window);
  const startNs = Math.min(Math.max(window.startNs + byNs, bounds.startNs), Math.max(bounds.startNs, bounds.endNs - length));
  return { startNs, endNs: startNs + length };
};

/** A window that shows `[fromNs, toNs]` with a little of what is around it, for looking at one span. */
export const windowAround = (fromNs: number, toNs: number, bounds: TimeWindow): TimeWindow => {
  const marginNs = Math.max(Math.abs(toNs - fromNs) * 0.05, shortestWindowNs);
  return clampWindow({ startNs: Math.min(fromNs, toNs) - marginNs, endNs: Math.max(fromNs, toNs) + marginNs }, bounds);
};
