import type { Flame } from '#proto/analysis/flame';

export const flameRowPx = 22;
/** Narrower frames are not drawn one by one. */
export const leastFramePx = 1;

/** What part of the flame graph is as wide as the screen, as shares of its width. */
export interface FlameWindow {
  from: number;
  to: number;
}

/** A frame that took no time cannot be shown at full width. */
export const windowOf = (flame: Flame, frame: number | undefined): FlameWindow => {
  const from = flame.left[frame ?? -1] ?? 0;
  const to = flame.right[frame ?? -1] ?? 1;
  return to > from ? { from, to } : { from: 0, to: 1 };
};

export const pxOf = ({ from, to }: FlameWindow, widthPx: number, share: number): number => ((share - from) / (to - from)) * widthPx;

/** The first frame of `[first, end)` in a row that reaches beyond `share`: edges ascend along a row. */
export const firstBeyond = (flame: Flame, row: number, share: number): number => {
  let from = flame.rowStart[row] ?? 0;
  let to = flame.rowStart[row + 1] ?? from;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((flame.right[middle] ?? 0) > share) to = middle;
    else from = middle + 1;
  }
  return from;
};

/** The frame at a place; `undefined` where there is none, or one too narrow to be drawn. */
export const frameAt = (flame: Flame, window: FlameWindow, widthPx: number, xPx: number, row: number): number | undefined => {
  const share = window.from + (xPx / widthPx) * (window.to - window.from);
  const frame = firstBeyond(flame, row, share);
  if (frame >= (flame.rowStart[row + 1] ?? 0) || (flame.left[frame] ?? 0) > share) return undefined;
  const px = pxOf(window, widthPx, flame.right[frame] ?? 0) - pxOf(window, widthPx, flame.left[frame] ?? 0);
  return px >= leastFramePx ? frame : undefined;
};
