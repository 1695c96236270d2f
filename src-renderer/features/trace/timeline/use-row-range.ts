import { type RefObject, useEffect, useState } from 'react';
import { type RowRange, rowsInView } from '#ui/canvas/rows-in-view.ts';
import { headHeightPx, rowHeightPx } from './geometry.ts';

/** Rows beyond the edges that exist already, and how far the view may move before there are others: one render for so many rows of scrolling. */
const overscanRows = 16;
const stepRows = 8;

/** The rows of the name column that have to exist. Changes only every few rows, so that scrolling seldom renders. */
export const useRowRange = (scroller: RefObject<HTMLDivElement | null>, rowCount: number): RowRange => {
  const [range, setRange] = useState<RowRange>({ first: 0, end: Math.min(rowCount, 60) });
  useEffect(() => {
    const frame = scroller.current;
    if (frame === null) return undefined;
    const update = (): void => {
      const steppedTopPx = Math.floor(frame.scrollTop / (stepRows * rowHeightPx)) * stepRows * rowHeightPx;
      const next = rowsInView(
        steppedTopPx,
        frame.clientHeight - headHeightPx + stepRows * rowHeightPx,
        rowHeightPx,
        rowCount,
        overscanRows,
      );
      setRange((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    update();
    frame.addEventListener('scroll', update, { passive: true });
    const size = new ResizeObserver(update);
    size.observe(frame);
    return () => {
      frame.removeEventListener('scroll', update);
      size.disconnect();
    };
  }, [scroller, rowCount]);
  // Rows may have gone since the last scroll.
  return { first: Math.min(range.first, rowCount), end: Math.min(range.end, rowCount) };
};
