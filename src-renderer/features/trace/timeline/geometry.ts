import type { TimeWindow } from '#proto/analysis/time-window';
import { nsOf, pxOf } from '#ui/model/time-scale.ts';

/** Heights and margins of the timeline, in CSS pixels; `Timeline.module.css` has the same numbers. */
export const rowHeightPx = 24;
export const barHeightPx = 12;
export const overviewHeightPx = 40;
export const axisHeightPx = 22;
/** Above the rows, and always in view. */
export const headHeightPx = overviewHeightPx + axisHeightPx + 1;

/** Room at both sides of overview, axis and bars alike, so that the first and the last moment can be seen and pointed at. */
const marginPx = 12;

const plotPx = (widthPx: number): number => Math.max(1, widthPx - 2 * marginPx);

export const xOf = (window: TimeWindow, widthPx: number, ns: number): number => marginPx + pxOf(window, plotPx(widthPx), ns);

export const nsAt = (window: TimeWindow, widthPx: number, xPx: number): number => nsOf(window, plotPx(widthPx), xPx - marginPx);

/** As nanoseconds, a distance on the screen. */
export const nsAcross = (window: TimeWindow, widthPx: number, distancePx: number): number =>
  nsOf(window, plotPx(widthPx), distancePx) - window.startNs;
