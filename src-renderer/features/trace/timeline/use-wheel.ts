import { type RefObject, useEffect } from 'react';
import type { TimelineStore } from './timeline-store.ts';

/** How much one pixel of wheel zooms: a notch of 100 px is about a fifth. */
const zoomPerPx = 0.0022;
/** Wheels that count in lines or pages instead of pixels. */
const pxPerLine = 24;
const mostPx = 400;

/** The wheel scrolls rows as ever; with Ctrl or ⌘ (and pinched) it zooms about the pointer, with Shift or sideways it pans. */
export const useWheel = (
  scroller: RefObject<HTMLDivElement | null>,
  bars: RefObject<HTMLDivElement | null>,
  store: TimelineStore,
): void => {
  useEffect(() => {
    const frame = scroller.current;
    if (frame === null) return undefined;
    const turn = (event: WheelEvent): void => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : pxPerLine;
      const clamp = (delta: number): number => Math.max(-mostPx, Math.min(mostPx, delta * unit));
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const leftPx = bars.current?.getBoundingClientRect().left ?? 0;
        store.zoom(Math.exp(clamp(event.deltaY) * zoomPerPx), Math.max(0, event.clientX - leftPx));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        store.pan(clamp(event.deltaX === 0 ? event.deltaY : event.deltaX));
      }
    };
    // Not passive: zooming has to keep the page from zooming too.
    frame.addEventListener('wheel', turn, { passive: false });
    return () => frame.removeEventListener('wheel', turn);
  }, [scroller, bars, store]);
};
