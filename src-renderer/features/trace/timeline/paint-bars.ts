import { visibleBox } from '#ui/canvas/box.ts';
import type { RowRange } from '#ui/canvas/rows-in-view.ts';
import { foundBetween } from '#ui/model/find-spans.ts';
import type { Tick } from '#ui/model/time-ticks.ts';
import { rowHeightPx, xOf } from './geometry.ts';
import { paintBar, paintLabel, paintOutOfView } from './paint-bar.ts';
import { paintCritical } from './paint-critical.ts';
import { largeMarkPx, leastMarkedPx, paintMarks, smallMarkPx } from './paint-marks.ts';
import { paintRun } from './paint-run.ts';
import type { Painting } from './painting.ts';
import type { RowLook } from './row-looks.ts';
import { endOfRow } from './scene.ts';

const leastBarPx = 2;
const font = '500 11px "Inter Variable", system-ui, sans-serif';
/** What the critical path does not go through, while that is shown. */
const dimmed = 0.35;
/** A whole screen of matches must not glow. */
const foundAlpha = 0.5;

/** Draws the rows of `range`; `topPx` is where the layer begins in the content. Takes as long as there are rows in view, however many the trace has. */
export const paintBars = (painting: Painting, range: RowRange, topPx: number, ticks: readonly Tick[]): void => {
  const { layer } = painting;
  layer.context.font = font;
  layer.context.textBaseline = 'middle';
  paintTicks(painting, ticks);
  for (let row = range.first; row < range.end; row++) paintRow(painting, row, row * rowHeightPx - topPx);
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

const paintRow = (painting: Painting, row: number, yPx: number): void => {
  const { layer, scene, looks } = painting;
  const { context } = layer;
  const span = scene.rows.spans[row] ?? 0;
  const run = scene.rows.runs[row] ?? -1;
  const end = endOfRow(scene, row);
  paintGround(painting, { row, span, end, yPx });

  const look = looks.get(context, scene, row);
  const isOffPath = scene.critical !== undefined && !scene.critical.has(span, end);
  if (isOffPath) context.globalAlpha = dimmed;
  if (run >= 0) paintRun(painting, { run, span, look, yPx });
  else paintSpan(painting, span, look, yPx);
  context.globalAlpha = 1;
  if (scene.critical !== undefined && !isOffPath) paintCritical(painting, scene.critical.within(span, end), yPx);
};

/** Behind a row: what is selected, pointed at or found. */
const paintGround = (
  { layer, colours, scene, selected, view }: Painting,
  { row, span, end, yPx }: { row: number; span: number; end: number; yPx: number },
): void => {
  const isSelected = span === selected && scene.rows.runs[row] === -1;
  const isFound = scene.found !== undefined && foundBetween(scene.found, span, end) > 0;
  const ground = isSelected ? 'var(--selection)' : isFound ? 'var(--look-soft)' : row === view.hover?.row ? 'var(--hover)' : undefined;
  if (ground === undefined) return;
  layer.context.fillStyle = colours.get(ground);
  layer.context.globalAlpha = isFound && !isSelected ? foundAlpha : 1;
  layer.context.fillRect(0, yPx, layer.widthPx, rowHeightPx);
  layer.context.globalAlpha = 1;
};

const paintSpan = (painting: Painting, span: number, look: RowLook, yPx: number): void => {
  const { layer, scene, view, selected } = painting;
  const startNs = scene.trace.startNs[span] ?? 0;
  const durationNs = scene.trace.durationNs[span] ?? 0;
  const fromPx = xOf(view.window, layer.widthPx, startNs);
  const toPx = xOf(view.window, layer.widthPx, startNs + durationNs);
  const box = visibleBox(fromPx, toPx, layer.widthPx, leastBarPx);
  if (box === undefined) {
    paintOutOfView(painting, yPx, toPx < 0 ? 'left' : 'right');
    return;
  }
  const isError = scene.trace.isError[span] === 1;
  paintBar(painting, box, { fill: look.fill, yPx, isBackwards: durationNs < 0, isError });
  paintLabel(painting, look, { box, yPx, isError, isInBar: true });
  const isSelected = span === selected;
  if (isSelected || box.widthPx >= leastMarkedPx) paintMarks(painting, span, yPx, isSelected ? largeMarkPx : smallMarkPx);
};
