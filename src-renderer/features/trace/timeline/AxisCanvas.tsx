import { type PointerEvent, useRef } from 'react';
import { prepareLayer } from '#ui/canvas/layer.ts';
import { brushed } from '#ui/model/brush.ts';
import type { Trace } from '#proto/analysis/trace';
import { axisHeightPx, nsAt } from './geometry.ts';
import { paintAxis } from './paint-axis.ts';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';
import { useCanvas } from './use-canvas.ts';

/** Times along the top of the bars. Dragging along it zooms to what was dragged over. */
export const AxisCanvas = ({ trace, store, selected }: { trace: Trace; store: TimelineStore; selected: number | undefined }) => {
  const ref = useCanvas((canvas, colours) => {
    const layer = prepareLayer(canvas, store.view.widthPx, axisHeightPx);
    if (layer !== undefined) paintAxis({ layer, colours, trace, view: store.view, selected });
  }, store.subscribe);

  const drag = useRef<{ fromNs: number } | undefined>(undefined);
  const nsUnder = (event: PointerEvent): number => nsAt(store.view.window, store.view.widthPx, event.nativeEvent.offsetX);
  return (
    <div
      className={styles['axis']}
      role="presentation"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { fromNs: nsUnder(event) };
      }}
      onPointerMove={(event) => store.hover({ xPx: event.nativeEvent.offsetX, row: undefined })}
      onPointerUp={(event) => {
        const toNs = nsUnder(event);
        const fromNs = drag.current?.fromNs ?? toNs;
        drag.current = undefined;
        if (fromNs !== toNs) store.show(brushed('choose', store.view.window, store.bounds, fromNs, toNs));
      }}
      onPointerLeave={() => store.hover(undefined)}
      onDoubleClick={() => store.showAll()}
    >
      <canvas ref={ref} aria-hidden />
    </div>
  );
};
