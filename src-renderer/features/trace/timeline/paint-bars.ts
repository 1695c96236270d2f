import { formatDuration } from '#proto/text/duration';
import { type Box, visibleBox } from '#ui/canvas/box.ts';
import type { Colours } from '#ui/canvas/colours.ts';
import type { Layer } from '#ui/canvas/layer.ts';
import type { RowRange } from '#ui/canvas/rows-in-view.ts';
import { serviceColour } from '#ui/model/service-colour.ts';
import type { TimelineRows } from '#ui/model/timeline-rows.ts';
import type { Tick } from '#ui/model/time-ticks.ts';
import type { Trace } from '#proto/analysis/trace';
import { barHeightPx, rowHeightPx, xOf } from './geometry.ts';
import type { TimelineView } from './timeline-store.ts';

/** All that is on the bars, apart from where the view is. */
export interface BarsScene {
  trace: Trace;
  rows: TimelineRows;
  selected: number | undefined;
}

interface Painting {
  layer: Layer;
  colours: Colours;
  scene: BarsScene;
  view: TimelineView;
}

const labelGapPx = 6;
const leastBarPx = 2;
const font = '500 11px "Inter Variable", system-ui, sans-serif';

/** Draws the rows of `range`; `topPx` is where the layer begins in the content. */
export const paintBars = (painting: Painting, range: RowRange, topPx: number, ticks: readonly Tick[]): void => {
  const { layer, scene, view } = painting;
  layer.context.font = font;
  layer.context.textBaseline = 'middle';
  paintTicks(painting, ticks);
  for (let row = range.first; row < range.end; row++) {
    const span = scene.rows.spans[row] ?? 0;
    paintRow(painting, span, row * rowHeightPx - topPx, { isSelected: span === scene.selected, isHovered: row === view.hover?.row });
  }
  paintCrosshair(painting);
};

const paintTicks = ({ layer, colours, view }: Painting, ticks: readonly Tick[]): void => {
  layer.context.fillStyle = colours.get('var(--border)');
  layer.context.globalAlpha = 0.6;
  for (const { ns } of ticks) layer.context.fillRect(Math.round(xOf(view.window, layer.widthPx, ns)), 0, 1, layer.heightPx);
  layer.context.globalAlpha = 1;
};

const paintCrosshair = ({ layer, colours, view }: Painting): void => {
  if (view.hover === undefined) return;
  layer.context.fillStyle = colours.get('var(--text-faint)');
  layer.context.globalAlpha = 0.55;
  layer.context.fillRect(Math.round(view.hover.xPx), 0, 1, layer.heightPx);
  layer.context.globalAlpha = 1;
};

const paintRow = (
  painting: Painting,
  span: number,
  yPx: number,
  { isSelected, isHovered }: { isSelected: boolean; isHovered: boolean },
): void => {
  const { layer, colours, scene, view } = painting;
  const { context } = layer;
  if (isSelected || isHovered) {
    context.fillStyle = colours.get(isSelected ? 'var(--selection)' : 'var(--hover)');
    context.fillRect(0, yPx, layer.widthPx, rowHeightPx);
  }
  const startNs = scene.trace.startNs[span] ?? 0;
  const durationNs = scene.trace.durationNs[span] ?? 0;
  const fromPx = xOf(view.window, layer.widthPx, startNs);
  const toPx = xOf(view.window, layer.widthPx, startNs + durationNs);
  const box = visibleBox(fromPx, toPx, layer.widthPx, leastBarPx);
  if (box === undefined) {
    paintOutOfView(painting, yPx, toPx < 0 ? 'left' : 'right');
    return;
  }
  paintBar(painting, span, box, yPx, durationNs < 0);
  paintLabel(painting, span, box, yPx);
  if (isSelected || box.widthPx >= leastMarkedPx)
    paintEvents(painting, span, yPx + rowHeightPx / 2, isSelected ? largeMarkPx : smallMarkPx);
};

const paintBar = (
  { layer: { context }, colours, scene }: Painting,
  span: number,
  { leftPx, widthPx }: Box,
  yPx: number,
  isBackwards: boolean,
): void => {
  const topPx = yPx + (rowHeightPx - barHeightPx) / 2;
  const fill = colours.get(serviceColour(scene.trace.service.at(span)).fill);
  const isError = scene.trace.isError[span] === 1;
  const radiusPx = Math.min(2, widthPx / 2);
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(leftPx, topPx, widthPx, barHeightPx, radiusPx);
  // A span that ends before it starts has the outline of one: its length says how far the clock went back, not how long anything took.
  if (isBackwards) {
    context.globalAlpha = 0.25;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = fill;
    context.setLineDash([3, 2]);
    context.stroke();
    context.setLineDash([]);
  } else {
    context.fill();
  }
  if (!isError) return;
  // Red along the whole lower edge, and at the end, which is where it failed.
  context.fillStyle = colours.get('var(--error-fill)');
  context.save();
  context.clip();
  context.fillRect(leftPx, topPx + barHeightPx - 2, widthPx, 2);
  context.fillRect(leftPx + widthPx - 3, topPx, 3, barHeightPx);
  context.restore();
};

/** A small arrow at the edge: the span is there, earlier or later than what is shown. */
const paintOutOfView = ({ layer: { context, widthPx }, colours }: Painting, yPx: number, side: 'left' | 'right'): void => {
  const middlePx = yPx + rowHeightPx / 2;
  const tipPx = side === 'left' ? 3 : widthPx - 3;
  const backPx = side === 'left' ? 7 : widthPx - 7;
  context.fillStyle = colours.get('var(--border-strong)');
  context.beginPath();
  context.moveTo(tipPx, middlePx);
  context.lineTo(backPx, middlePx - 4);
  context.lineTo(backPx, middlePx + 4);
  context.fill();
};

/** Half the width of an event's mark: on the selected bar, and on the others. */
const largeMarkPx = 4;
const smallMarkPx = 3;
/** A mark on a narrower bar would hide all of it. */
const leastMarkedPx = 10;

/** A diamond for each event; of several on one spot one is enough. Exceptions come last, so that nothing covers them. */
const paintEvents = ({ layer, colours, scene, view }: Painting, span: number, middlePx: number, halfPx: number): void => {
  const { first, ns, isException } = scene.trace.events;
  const [from, end] = [first[span] ?? 0, first[span + 1] ?? 0];
  for (const wanted of [0, 1]) {
    let lastPx = Number.NEGATIVE_INFINITY;
    for (let event = from; event < end; event++) {
      if (isException[event] !== wanted) continue;
      const xPx = Math.round(xOf(view.window, layer.widthPx, ns[event] ?? 0));
      if (xPx - lastPx < halfPx || xPx < -halfPx || xPx > layer.widthPx + halfPx) continue;
      lastPx = xPx;
      layer.context.fillStyle = colours.get(wanted === 1 ? 'var(--error-fill)' : 'var(--surface)');
      layer.context.strokeStyle = colours.get(wanted === 1 ? 'var(--surface)' : 'var(--text)');
      paintDiamond(layer.context, xPx, middlePx, halfPx);
    }
  }
};

const paintDiamond = (context: CanvasRenderingContext2D, xPx: number, middlePx: number, halfPx: number): void => {
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(xPx, middlePx - halfPx - 1);
  context.lineTo(xPx + halfPx, middlePx);
  context.lineTo(xPx, middlePx + halfPx + 1);
  context.lineTo(xPx - halfPx, middlePx);
  context.closePath();
  context.fill();
  context.stroke();
};

/** The duration: to the right of the bar, else to the left of it, else in it. */
const paintLabel = ({ layer: { context, widthPx }, colours, scene }: Painting, span: number, box: Box, yPx: number): void => {
  const text = formatDuration(scene.trace.durationNs[span] ?? 0);
  const textPx = context.measureText(text).width;
  const rightPx = box.leftPx + box.widthPx;
  const fitsRight = rightPx + labelGapPx + textPx + 2 <= widthPx;
  const fitsLeft = box.leftPx - labelGapPx - textPx >= 2;
  const middlePx = yPx + rowHeightPx / 2 + 0.5;
  if (fitsRight || fitsLeft) {
    context.fillStyle = colours.get(scene.trace.isError[span] === 1 ? 'var(--error)' : 'var(--text-muted)');
    context.fillText(text, fitsRight ? rightPx + labelGapPx : box.leftPx - labelGapPx - textPx, middlePx);
    return;
  }
  const leftPx = Math.max(0, box.leftPx);
  if (Math.min(widthPx, rightPx) - leftPx < textPx + 2 * labelGapPx) return;
  context.fillStyle = inBar;
  context.fillText(text, leftPx + labelGapPx, middlePx);
};

/** On every service's fill, which has the same lightness in both themes, near-black has the contrast that white has not. */
const inBar = '#14161c';
