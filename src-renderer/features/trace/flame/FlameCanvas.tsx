import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { prepareLayer } from '#ui/canvas/layer.ts';
import { rowAt, rowsInView } from '#ui/canvas/rows-in-view.ts';
import { useCanvas } from '../timeline/use-canvas.ts';
import { flameRowPx, frameAt } from './flame-geometry.ts';
import { FlameCard } from './FlameCard.tsx';
import styles from './FlameGraph.module.css';
import { type FlameScene, paintFlame } from './paint-flame.ts';

interface FlameCanvasProps {
  scene: Omit<FlameScene, 'hovered'>;
  scroller: RefObject<HTMLDivElement | null>;
  onZoom: (frame: number) => void;
  onOpen: (frame: number) => void;
}

interface Hover {
  frame: number;
  xPx: number;
  yPx: number;
}

/** The frames of the rows in view; the canvas is moved along with the scroll position, so that it is never larger than the screen. */
export const FlameCanvas = ({ scene, scroller, onZoom, onOpen }: FlameCanvasProps) => {
  const host = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<Hover>();
  const { flame, window } = scene;
  const rowCount = flame.rowStart.length - 1;
  const hovered = hover === undefined || hover.frame >= flame.size ? undefined : hover;

  const canvas = useCanvas(
    (element, colours) => {
      const frame = scroller.current;
      const widthPx = host.current?.clientWidth ?? 0;
      if (frame === null) return;
      const heightPx = Math.min(rowCount * flameRowPx, frame.clientHeight + 2 * flameRowPx);
      const topPx = Math.max(0, Math.min(frame.scrollTop - flameRowPx, rowCount * flameRowPx - heightPx));
      const layer = prepareLayer(element, widthPx, heightPx);
      if (layer === undefined) return;
      element.style.transform = `translateY(${topPx}px)`;
      paintFlame(
        { layer, colours, scene: { ...scene, hovered: hovered?.frame } },
        rowsInView(topPx, heightPx, flameRowPx, rowCount),
        topPx,
      );
    },
    (repaint) => {
      const frame = scroller.current;
      frame?.addEventListener('scroll', repaint, { passive: true });
      const size = new ResizeObserver(repaint);
      if (frame !== null) size.observe(frame);
      return () => {
        frame?.removeEventListener('scroll', repaint);
        size.disconnect();
      };
    },
  );

  const under = (event: { clientX: number; clientY: number }): number | undefined => {
    const box = host.current?.getBoundingClientRect();
    if (box === undefined) return undefined;
    const row = rowAt(event.clientY - box.top, flameRowPx, rowCount);
    return row === undefined ? undefined : frameAt(flame, window, box.width, event.clientX - box.left, row);
  };
  const follow = (event: PointerEvent): void => {
    const frame = under(event);
    setHover(frame === undefined ? undefined : { frame, xPx: event.clientX, yPx: event.clientY });
  };
  return (
    <div
      ref={host}
      className={styles['canvas']}
      role="presentation"
      style={{ height: rowCount * flameRowPx }}
      onPointerMove={follow}
      onPointerLeave={() => setHover(undefined)}
      onClick={(event) => {
        const frame = under(event);
        // The second click of a double click falls on the same frame: what is shown at full width stays in its row.
        if (frame !== undefined && event.detail === 1) onZoom(frame);
      }}
      onDoubleClick={(event) => {
        const frame = under(event);
        if (frame !== undefined) onOpen(frame);
      }}
    >
      <canvas ref={canvas} aria-hidden />
      {hovered === undefined ? undefined : <FlameCard trace={scene.trace} flame={flame} {...hovered} />}
    </div>
  );
};
