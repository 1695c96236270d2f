import { type PointerEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { prepareLayer } from '#ui/canvas/layer.ts';
import { rowAt, rowsInView } from '#ui/canvas/rows-in-view.ts';
import { headHeightPx, rowHeightPx } from './geometry.ts';
import { ticksOf } from './paint-axis.ts';
import { paintBars } from './paint-bars.ts';
import { RowLooks } from './row-looks.ts';
import { type Scene, timeOfRow } from './scene.ts';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';
import { useCanvas } from './use-canvas.ts';

interface BarsCanvasProps {
  scene: Scene;
  selected: number | undefined;
  store: TimelineStore;
  scroller: RefObject<HTMLDivElement | null>;
  /** A click on a row. */
  onRow: (row: number) => void;
  children: ReactNode;
}

/** Drawn above and below what is in view, so that scrolling shows bars before the next frame is drawn. */
const spareHeightPx = 10 * rowHeightPx;
/** As long as a second click may follow the first. */
const doubleClickMs = 220;
/** A pointer that moved less was a click. */
const leastDragPx = 3;

/**
 * The bars of the rows in view. The canvas lies in the scrolled content and moves with it, so names and bars never part, and is put in place and redrawn
 * when the scroll position has changed.
 */
export const BarsCanvas = ({ scene, selected, store, scroller, onRow, children }: BarsCanvasProps) => {
  const host = useRef<HTMLDivElement>(null);
  const rowCount = scene.rows.spans.length;
  const looks = useRowLooks();

  const ref = useCanvas(
    (canvas, colours) => {
      const frame = scroller.current;
      if (frame === null) return;
      const viewHeightPx = Math.max(0, frame.clientHeight - headHeightPx);
      const contentHeightPx = Math.max(viewHeightPx, rowCount * rowHeightPx);
      const topPx = Math.max(0, Math.min(frame.scrollTop - spareHeightPx, contentHeightPx - viewHeightPx));
      const heightPx = Math.min(contentHeightPx - topPx, viewHeightPx + 2 * spareHeightPx);
      const layer = prepareLayer(canvas, store.view.widthPx, heightPx);
      if (layer === undefined) return;
      canvas.style.transform = `translateY(${topPx}px)`;
      paintBars(
        { layer, colours, scene, selected, view: store.view, looks },
        rowsInView(topPx, heightPx, rowHeightPx, rowCount),
        topPx,
        ticksOf(store.view.window, store.view.widthPx),
      );
    },
    (repaint) => {
      const unsubscribe = store.subscribe(repaint);
      const frame = scroller.current;
      frame?.addEventListener('scroll', repaint, { passive: true });
      const size = new ResizeObserver(repaint);
      if (frame !== null) size.observe(frame);
      return () => {
        unsubscribe();
        frame?.removeEventListener('scroll', repaint);
        size.disconnect();
      };
    },
  );

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const size = new ResizeObserver(() => store.setWidth(element.clientWidth));
    size.observe(element);
    return () => size.disconnect();
  }, [store]);

  const place = (event: { clientX: number; clientY: number }): { xPx: number; row: number | undefined } => {
    const box = host.current?.getBoundingClientRect();
    return { xPx: event.clientX - (box?.left ?? 0), row: rowAt(event.clientY - (box?.top ?? 0), rowHeightPx, rowCount) };
  };
  const drag = useDragToPan(store);
  const click = useSingleClick(selected !== undefined);
  return (
    <div
      ref={host}
      className={styles['bars']}
      role="presentation"
      onPointerDown={drag.begin}
      onPointerMove={(event) => {
        store.hover(place(event));
        drag.move(event);
      }}
      onPointerUp={drag.finish}
      onPointerCancel={drag.finish}
      onPointerLeave={() => store.hover(undefined)}
      onClick={(event) => {
        const { row } = place(event);
        if (row !== undefined && !drag.hasMoved()) click.begin(() => onRow(row));
      }}
      onDoubleClick={(event) => {
        const { row } = place(event);
        click.cancel();
        if (row !== undefined) store.showAround(timeOfRow(scene, row));
      }}
    >
      <canvas ref={ref} aria-hidden />
      {children}
    </div>
  );
};

/** Kept from frame to frame, and measured again when a font has come. */
const useRowLooks = (): RowLooks => {
  const [looks] = useState(() => new RowLooks());
  useEffect(() => {
    const forget = (): void => looks.forget();
    document.fonts.addEventListener('loadingdone', forget);
    return () => document.fonts.removeEventListener('loadingdone', forget);
  }, [looks]);
  return looks;
};

/**
 * A first click opens the inspector, which would then lie under the second click of a double click. So while it is closed, a click waits to be sure that it is alone.
 */
const useSingleClick = (isAtOnce: boolean) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    begin: (act: () => void): void => {
      clearTimeout(timer.current);
      if (isAtOnce) act();
      else timer.current = setTimeout(act, doubleClickMs);
    },
    cancel: (): void => clearTimeout(timer.current),
  };
};

const useDragToPan = (store: TimelineStore) => {
  const drag = useRef({ lastPx: undefined as number | undefined, movedPx: 0 });
  return {
    begin: (event: PointerEvent<HTMLElement>): void => {
      if (event.button === 0) drag.current = { lastPx: event.clientX, movedPx: 0 };
    },
    move: (event: PointerEvent<HTMLElement>): void => {
      const { lastPx, movedPx } = drag.current;
      if (lastPx === undefined) return;
      drag.current = { lastPx: event.clientX, movedPx: movedPx + Math.abs(event.clientX - lastPx) };
      if (drag.current.movedPx < leastDragPx) return;
      // Captured only now: a captured pointer would send the click of a mere press to the wrong element.
      event.currentTarget.setPointerCapture(event.pointerId);
      store.pan(lastPx - event.clientX);
    },
    finish: (): void => {
      drag.current = { ...drag.current, lastPx: undefined };
    },
    hasMoved: (): boolean => drag.current.movedPx >= leastDragPx,
  };
};
