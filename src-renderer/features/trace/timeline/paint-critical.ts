import { visibleBox } from '#ui/canvas/box.ts';
import { eachCovered, type Intervals } from '#ui/model/intervals.ts';
import { barHeightPx, rowHeightPx, xOf } from './geometry.ts';
import { drawnWindow, nsPerPx, type Painting } from './painting.ts';

const linePx = 3;

/** A line over the bar, where the end of the trace waited for it: outside of the bar, so that it can be told from every service's colour. */
export const paintCritical = (painting: Painting, moments: Intervals, yPx: number): void => {
  const { layer, colours, view } = painting;
  const topPx = yPx + (rowHeightPx - barHeightPx) / 2 - linePx - 1;
  layer.context.fillStyle = colours.get('var(--text)');
  eachCovered(moments, drawnWindow(painting), nsPerPx(painting) / 2, (fromNs, toNs) => {
    const piece = visibleBox(xOf(view.window, layer.widthPx, fromNs), xOf(view.window, layer.widthPx, toNs), layer.widthPx, 1);
    if (piece !== undefined) layer.context.fillRect(piece.leftPx, topPx, piece.widthPx, linePx);
  });
};
