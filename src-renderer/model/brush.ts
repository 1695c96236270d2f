import type { TimeWindow } from '#proto/analysis/time-window';
import { clampWindow, isWhole, panBy, pxOf } from './time-scale.ts';

/** What dragging from a place on the overview does: choose a new window, move the one there is, or one of its edges. */
export type BrushKind = 'choose' | 'move' | 'start' | 'end';

/** As near to an edge as a pointer has to be to take hold of it. */
const gripPx = 6;

export const brushAt = (window: TimeWindow, bounds: TimeWindow, widthPx: number, px: number): BrushKind => {
  if (isWhole(window, bounds)) return 'choose';
  const startPx = pxOf(bounds, widthPx, window.startNs);
  const endPx = pxOf(bounds, widthPx, window.endNs);
  // Edges that lie close together are both within reach: the nearer one is meant.
  const toStart = Math.abs(px - startPx);
  const toEnd = Math.abs(px - endPx);
  if (Math.min(toStart, toEnd) <= gripPx) return toStart < toEnd ? 'start' : 'end';
  return px > startPx && px < endPx ? 'move' : 'choose';
};

/** The window after a drag of that kind from one moment to another; `window` is the one that the drag began with. */
export const brushed = (kind: BrushKind, window: TimeWindow, bounds: TimeWindow, fromNs: number, toNs: number): TimeWindow => {
  if (kind === 'move') return panBy(window, bounds, toNs - fromNs);
  if (kind === 'start') return clampWindow({ startNs: toNs, endNs: window.endNs }, bounds);
  if (kind === 'end') return clampWindow({ startNs: window.startNs, endNs: toNs }, bounds);
  return clampWindow({ startNs: fromNs, endNs: toNs }, bounds);
};
