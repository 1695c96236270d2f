import type { Colours } from '#ui/canvas/colours.ts';
import type { Layer } from '#ui/canvas/layer.ts';
import type { TimeWindow } from '#proto/analysis/time-window';
import { lengthNs } from '#ui/model/time-scale.ts';
import { formatMoment, type Tick, timeTicks } from '#ui/model/time-ticks.ts';
import type { Trace } from '#proto/analysis/trace';
import { axisHeightPx, nsAcross, nsAt, xOf } from './geometry.ts';
import type { TimelineView } from './timeline-store.ts';

const font = '11px "Inter Variable", system-ui, sans-serif';
const spacingPx = 108;

export const ticksOf = (window: TimeWindow, widthPx: number): Tick[] => timeTicks(window, widthPx, spacingPx);

interface AxisPainting {
  layer: Layer;
  colours: Colours;
  trace: Trace;
  view: TimelineView;
  selected: number | undefined;
}

/** Ticks with their times, how long the selected span is, and the time under the pointer. */
export const paintAxis = (painting: AxisPainting): void => {
  const { layer, colours, view } = painting;
  const { context, widthPx } = layer;
  context.textBaseline = 'middle';
  context.font = font;
  for (const { ns, label } of ticksOf(view.window, widthPx)) {
    const xPx = Math.round(xOf(view.window, widthPx, ns));
    context.fillStyle = colours.get('var(--border-strong)');
    context.fillRect(xPx, axisHeightPx - 5, 1, 5);
    if (xPx + 4 + context.measureText(label).width > widthPx) continue;
    context.fillStyle = colours.get('var(--text-muted)');
    context.fillText(label, xPx + 4, axisHeightPx / 2 + 0.5);
  }
  paintSelected(painting);
  paintPointerTime(painting);
};

const paintSelected = ({ layer, colours, trace, view, selected }: AxisPainting): void => {
  if (selected === undefined) return;
  const startNs = trace.startNs[selected] ?? 0;
  const fromPx = xOf(view.window, layer.widthPx, startNs);
  const toPx = xOf(view.window, layer.widthPx, startNs + (trace.durationNs[selected] ?? 0));
  const leftPx = Math.max(0, Math.min(fromPx, toPx));
  const rightPx = Math.min(layer.widthPx, Math.max(fromPx, toPx));
  if (rightPx < 0 || leftPx > layer.widthPx) return;
  layer.context.fillStyle = colours.get('var(--accent)');
  layer.context.fillRect(Math.round(leftPx), axisHeightPx - 2, Math.max(2, Math.round(rightPx - leftPx)), 2);
};

const paintPointerTime = ({ layer, colours, view }: AxisPainting): void => {
  if (view.hover === undefined) return;
  const { context, widthPx } = layer;
  const { window } = view;
  const reachNs = Math.max(Math.abs(window.startNs), Math.abs(window.endNs));
  const ns = nsAt(window, widthPx, view.hover.xPx);
  const text = formatMoment(ns, Math.max(1, nsAcross(window, widthPx, 1), lengthNs(window) / 2000), reachNs);
  const boxPx = context.measureText(text).width + 10;
  const leftPx = Math.round(Math.max(0, Math.min(widthPx - boxPx, view.hover.xPx - boxPx / 2)));
  context.fillStyle = colours.get('var(--text)');
  context.beginPath();
  context.roundRect(leftPx, 2, boxPx, axisHeightPx - 4, 3);
  context.fill();
  context.fillStyle = colours.get('var(--surface)');
  context.fillText(text, leftPx + 5, axisHeightPx / 2 + 0.5);
};
