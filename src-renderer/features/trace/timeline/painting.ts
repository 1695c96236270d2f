import type { Colours } from '#ui/canvas/colours.ts';
import type { Layer } from '#ui/canvas/layer.ts';
import type { TimeWindow } from '#proto/analysis/time-window';
import { nsAcross, nsAt } from './geometry.ts';
import type { RowLooks } from './row-looks.ts';
import type { Scene } from './scene.ts';
import type { TimelineView } from './timeline-store.ts';

/** What the drawing of rows needs. */
export interface Painting {
  layer: Layer;
  colours: Colours;
  scene: Scene;
  selected: number | undefined;
  view: TimelineView;
  looks: RowLooks;
}

/** As nanoseconds, a pixel. */
export const nsPerPx = ({ layer, view }: Painting): number => nsAcross(view.window, layer.widthPx, 1);

/** The moments at the edges of the canvas, which has margins beside the window. */
export const drawnWindow = ({ layer, view }: Painting): TimeWindow => ({
  startNs: nsAt(view.window, layer.widthPx, 0),
  endNs: nsAt(view.window, layer.widthPx, layer.widthPx),
});
