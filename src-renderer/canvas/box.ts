/** Where a stretch of time lands on the screen, in whole pixels, at least as wide as asked. */
export interface Box {
  leftPx: number;
  widthPx: number;
}

/**
 * The visible part of `[fromPx, toPx]` in a view of `viewPx`; `undefined` where none of it is in view. Edges snap to pixels, so that equal spans look equal, and nothing is
 * thinner than `leastPx`, so that nothing is lost. Ends out of view are cut `bleedPx` beyond it: a canvas given coordinates of 10¹² draws nothing at all.
 */
export const visibleBox = (fromPx: number, toPx: number, viewPx: number, leastPx: number, bleedPx = 4): Box | undefined => {
  const start = Math.min(fromPx, toPx);
  const end = Math.max(fromPx, toPx);
  if (!(end >= -leastPx && start <= viewPx + leastPx)) return undefined;
  const leftPx = Math.round(Math.max(start, -bleedPx));
  const rightPx = Math.round(Math.min(end, viewPx + bleedPx));
  const widthPx = Math.max(leastPx, rightPx - leftPx);
  // A box that grew to be seen must not grow out of view.
  return {
    leftPx: leftPx + widthPx > viewPx && start <= viewPx && end <= viewPx ? Math.max(0, Math.floor(viewPx) - widthPx) : leftPx,
    widthPx,
  };
};
