import { type PointerEvent, useRef } from 'react';
import type { Colours } from '#ui/canvas/colours.ts';
import { prepareLayer } from '#ui/canvas/layer.ts';
import { brushAt, brushed, type BrushKind } from '#ui/model/brush.ts';
import type { TimeWindow } from '#proto/analysis/time-window';
import type { Trace } from '#proto/analysis/trace';
import type { FoundSpans } from '#ui/model/find-spans.ts';
import type { TimelineScope } from '#ui/model/timeline-scope.ts';
import { nsAt, overviewHeightPx } from './geometry.ts';
import { overviewImage, paintWindow } from './paint-overview.ts';
import type { Scene } from './scene.ts';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';
import { useCanvas } from './use-canvas.ts';

interface Drag {
  kind: BrushKind;
  fromNs: number;
  fromPx: number;
  window: TimeWindow;
}

/** Less than this is a click that slipped. */
const leastDragPx = 3;
const cursors = { choose: 'crosshair', move: 'grab', start: 'ew-resize', end: 'ew-resize' } as const;

/** The whole trace in a strip, with a brush: drag to zoom, drag the window to move it, double click for everything. */
export const OverviewCanvas = ({ scene, store }: { scene: Scene; store: TimelineStore }) => {
  const image = useRef<OverviewImage>(undefined);
  const ref = useCanvas((canvas, colours) => {
    const { widthPx, window } = store.view;
    const layer = prepareLayer(canvas, widthPx, overviewHeightPx);
    if (layer === undefined) return;
    image.current = upToDate(image.current, scene, widthPx, layer.density, colours);
    layer.context.putImageData(image.current.image, 0, 0);
    if (store.isZoomed) paintWindow(layer, colours, scene.scope.bounds, window);
  }, store.subscribe);

  const drag = useRef<Drag>(undefined);
  const nsUnder = (event: PointerEvent): number => nsAt(scene.scope.bounds, store.view.widthPx, event.nativeEvent.offsetX);
  const kindUnder = (event: PointerEvent): BrushKind =>
    brushAt(store.view.window, scene.scope.bounds, store.view.widthPx, event.nativeEvent.offsetX);

  const move = (event: PointerEvent<HTMLElement>): void => {
    const { current } = drag;
    if (current === undefined) {
      event.currentTarget.style.cursor = cursors[kindUnder(event)];
      return;
    }
    if (Math.abs(event.nativeEvent.offsetX - current.fromPx) < leastDragPx) return;
    store.show(brushed(current.kind, current.window, scene.scope.bounds, current.fromNs, nsUnder(event)));
  };
  return (
    <div
      className={styles['overview']}
      role="presentation"
      title="Drag to zoom, double click to see everything"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { kind: kindUnder(event), fromNs: nsUnder(event), fromPx: event.nativeEvent.offsetX, window: store.view.window };
      }}
      onPointerMove={move}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
      onDoubleClick={() => store.showAll()}
    >
      <canvas ref={ref} aria-hidden />
    </div>
  );
};

interface OverviewImage {
  image: ImageData;
  trace: Trace;
  scope: TimelineScope;
  found: FoundSpans | undefined;
  widthPx: number;
  density: number;
  colours: Colours;
  ground: string;
}

const upToDate = (
  before: OverviewImage | undefined,
  { trace, scope, found }: Scene,
  widthPx: number,
  density: number,
  colours: Colours,
): OverviewImage => {
  // The ground's colour stands for the theme.
  const ground = colours.get('var(--bg)');
  const isSame =
    before !== undefined &&
    before.trace === trace &&
    before.scope === scope &&
    before.found === found &&
    before.widthPx === widthPx &&
    before.density === density &&
    before.colours === colours &&
    before.ground === ground;
  return isSame
    ? before
    : { image: overviewImage({ trace, scope, found }, widthPx, density, colours), trace, scope, found, widthPx, density, colours, ground };
};
