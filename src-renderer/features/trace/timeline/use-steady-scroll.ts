import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { TimelineRows } from '#ui/model/timeline-rows.ts';
import type { Trace } from '#proto/analysis/trace';
import { rowHeightPx } from './geometry.ts';

/** When late spans arrive above what is in view, scrolls by as much as they push down: the rows on the screen stay where they are. */
export const useSteadyScroll = (scroller: RefObject<HTMLDivElement | null>, trace: Trace, rows: TimelineRows): void => {
  const before = useRef({ trace, rows });
  useLayoutEffect(() => {
    const { trace: oldTrace, rows: oldRows } = before.current;
    before.current = { trace, rows };
    const frame = scroller.current;
    if (oldTrace === trace || frame === null || frame.scrollTop === 0) return;
    const topRow = Math.floor(frame.scrollTop / rowHeightPx);
    const topSpan = trace.spanId.indexOf(oldTrace.spanId.at(oldRows.spans[topRow] ?? -1));
    if (topSpan !== undefined) frame.scrollBy({ top: ((rows.rowOf[topSpan] ?? topRow) - topRow) * rowHeightPx, behavior: 'instant' });
  }, [scroller, trace, rows]);
};
