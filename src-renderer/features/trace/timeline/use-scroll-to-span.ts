import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { isVisible, type TimelineRows } from '#ui/model/timeline-rows.ts';
import type { Trace } from '#proto/analysis/trace';
import { headHeightPx, rowHeightPx } from './geometry.ts';

/** Rows that stay in view beyond the one that is gone to. */
const marginRows = 2;

/**
 * Gives a function that brings a span into view: as little as needed when it is near, to the middle when it is far. Where it is still folded away, as soon as
 * it is unfolded.
 */
export const useScrollToSpan = (
  scroller: RefObject<HTMLDivElement | null>,
  trace: Trace,
  rows: TimelineRows,
): ((spanId: string) => void) => {
  const wanted = useRef<string>(undefined);
  const [, setRequests] = useState(0);

  useLayoutEffect(() => {
    const frame = scroller.current;
    const span = trace.spanId.indexOf(wanted.current ?? '');
    if (frame === null || span === undefined || !isVisible(rows, span)) return;
    wanted.current = undefined;
    const top = scrollTopFor((rows.rowOf[span] ?? 0) * rowHeightPx, frame.scrollTop, frame.clientHeight - headHeightPx);
    frame.scrollTo({ top, behavior: 'instant' });
  });

  return useCallback((spanId: string) => {
    wanted.current = spanId;
    setRequests((count) => count + 1);
  }, []);
};

const scrollTopFor = (rowTopPx: number, scrollTopPx: number, viewPx: number): number => {
  const marginPx = Math.min(marginRows * rowHeightPx, viewPx / 4);
  const highest = rowTopPx - marginPx;
  const lowest = rowTopPx + rowHeightPx + marginPx - viewPx;
  if (scrollTopPx >= lowest && scrollTopPx <= highest) return scrollTopPx;
  const isFar = rowTopPx < scrollTopPx - viewPx || rowTopPx > scrollTopPx + 2 * viewPx;
  return Math.max(0, isFar ? rowTopPx - viewPx / 2 : scrollTopPx > highest ? highest : lowest);
};
