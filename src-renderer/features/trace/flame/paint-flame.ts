import type { Flame } from '#proto/analysis/flame';
import type { Trace } from '#proto/analysis/trace';
import { formatDuration } from '#proto/text/duration';
import type { Colours } from '#ui/canvas/colours.ts';
import type { Layer } from '#ui/canvas/layer.ts';
import type { RowRange } from '#ui/canvas/rows-in-view.ts';
import { inertText } from '#proto/text/inert-text';
import { serviceColour } from '#ui/model/service-colour.ts';
import { firstBeyond, flameRowPx, type FlameWindow, leastFramePx, pxOf } from './flame-geometry.ts';

export interface FlameScene {
  trace: Trace;
  flame: Flame;
  window: FlameWindow;
  /** The frame at full width. */
  zoomed: number | undefined;
  cursor: number | undefined;
  hovered: number | undefined;
  /** The frame of the span that the inspector shows. */
  selected: number | undefined;
  /** 1 for each frame that holds what is looked for; undefined where nothing is. */
  isFound: Uint8Array | undefined;
}

interface Painting {
  layer: Layer;
  colours: Colours;
  scene: FlameScene;
}

interface Place {
  fromPx: number;
  widthPx: number;
  yPx: number;
}

const font = '500 11px "Inter Variable", system-ui, sans-serif';
const padPx = 6;
const leastLabelPx = 28;
const letterPx = 6;
/** On every service's fill, which has the same lightness in both themes, near-black has the contrast that white has not. */
const ink = '#14161c';

/** Draws the rows of `range`; `topPx` is where the layer begins in the content. */
export const paintFlame = (painting: Painting, range: RowRange, topPx: number): void => {
  const { context } = painting.layer;
  context.font = font;
  context.textBaseline = 'middle';
  for (let row = range.first; row < range.end; row++) paintRow(painting, row, row * flameRowPx - topPx);
};

const paintRow = (painting: Painting, row: number, yPx: number): void => {
  const { layer, scene } = painting;
  const { flame, window } = scene;
  const end = flame.rowStart[row + 1] ?? 0;
  /** Where a run of frames that are too narrow began. */
  let thinFromPx: number | undefined;
  let thinToPx = 0;
  const paintThin = (): void => {
    if (thinFromPx !== undefined) paintTooNarrow(painting, thinFromPx, Math.max(thinToPx, thinFromPx + leastFramePx), yPx);
    thinFromPx = undefined;
  };
  for (let frame = firstBeyond(flame, row, window.from); frame < end; frame++) {
    if ((flame.left[frame] ?? 0) >= window.to) break;
    const fromPx = pxOf(window, layer.widthPx, flame.left[frame] ?? 0);
    const toPx = pxOf(window, layer.widthPx, flame.right[frame] ?? 0);
    if (toPx - fromPx < leastFramePx && frame !== scene.cursor) {
      if (thinFromPx !== undefined && fromPx - thinToPx > leastFramePx) paintThin();
      thinFromPx ??= fromPx;
      thinToPx = toPx;
      continue;
    }
    paintThin();
    paintFrame(painting, frame, Math.max(-2, fromPx), Math.min(layer.widthPx + 2, toPx), yPx);
  }
  paintThin();
};

/** Something is there, too little to tell apart. */
const paintTooNarrow = ({ layer: { context }, colours }: Painting, fromPx: number, toPx: number, yPx: number): void => {
  context.fillStyle = colours.get('var(--border)');
  context.fillRect(fromPx, yPx + 1, toPx - fromPx, flameRowPx - 2);
};

const paintFrame = (painting: Painting, frame: number, fromPx: number, toPx: number, yPx: number): void => {
  const { layer, colours, scene } = painting;
  const { context } = layer;
  const { flame, trace } = scene;
  // A gap between neighbours, as long as it leaves something of them.
  const widthPx = Math.max(leastFramePx, toPx - fromPx - (toPx - fromPx > 3 ? 1 : 0));
  const heightPx = flameRowPx - 2;
  const isAbove = scene.zoomed !== undefined && (flame.depth[frame] ?? 0) < (flame.depth[scene.zoomed] ?? 0);
  context.globalAlpha = scene.isFound !== undefined && scene.isFound[frame] !== 1 ? 0.28 : isAbove ? 0.6 : 1;
  context.fillStyle = colours.get(serviceColour(trace.service.at(flame.slowest[frame] ?? 0)).fill);
  context.beginPath();
  context.roundRect(fromPx, yPx + 1, widthPx, heightPx, Math.min(2, widthPx / 2));
  context.fill();
  const failed = (flame.errors[frame] ?? 0) / Math.max(1, flame.count[frame] ?? 1);
  if (failed > 0) {
    context.fillStyle = colours.get('var(--error-fill)');
    context.fillRect(fromPx, yPx + heightPx - 2, Math.max(2, widthPx * failed), 3);
  }
  paintLabel(painting, frame, Math.max(0, fromPx), Math.min(layer.widthPx, fromPx + widthPx), yPx);
  context.globalAlpha = 1;
  if (frame === scene.cursor) outline(painting, { fromPx, widthPx, yPx }, 'var(--focus)', 2);
  else if (frame === scene.selected) outline(painting, { fromPx, widthPx, yPx }, 'var(--text)', 1.5);
  else if (frame === scene.hovered) outline(painting, { fromPx, widthPx, yPx }, 'var(--text-muted)', 1);
};

const outline = (
  { layer: { context, widthPx: roomPx }, colours }: Painting,
  { fromPx, widthPx, yPx }: Place,
  colour: string,
  linePx: number,
): void => {
  const leftPx = Math.max(linePx / 2, fromPx);
  const rightPx = Math.min(roomPx - linePx / 2, fromPx + widthPx);
  context.strokeStyle = colours.get(colour);
  context.lineWidth = linePx;
  context.strokeRect(leftPx, yPx + 1, Math.max(1, rightPx - leftPx), flameRowPx - 2);
};

/** The name as far as there is room for it, and behind it how long it took. */
const paintLabel = (
  { layer: { context }, scene: { flame, trace } }: Painting,
  frame: number,
  fromPx: number,
  toPx: number,
  yPx: number,
): void => {
  const roomPx = toPx - fromPx - 2 * padPx;
  if (roomPx < leastLabelPx) return;
  const name = inertText(trace.name.at(flame.slowest[frame] ?? 0).slice(0, 200)) || 'no name';
  const count = flame.count[frame] ?? 0;
  const text = count > 1 ? `${name} ×${count}` : name;
  const middlePx = yPx + flameRowPx / 2 + 0.5;
  context.fillStyle = ink;
  const duration = formatDuration(flame.totalNs[frame] ?? 0);
  const namePx = context.measureText(text).width;
  const durationPx = context.measureText(duration).width;
  if (namePx + durationPx + 2 * padPx <= roomPx) context.fillText(duration, toPx - padPx - durationPx, middlePx);
  const letters = Math.floor(roomPx / letterPx);
  context.fillText(namePx <= roomPx ? text : `${text.slice(0, Math.max(1, letters - 1))}…`, fromPx + padPx, middlePx);
};
