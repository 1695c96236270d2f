import { barHeightPx, rowHeightPx, xOf } from './geometry.ts';
import type { Painting } from './painting.ts';

/** Half the width of an event's mark: on the selected bar, and on the others. */
export const largeMarkPx = 4;
export const smallMarkPx = 3;
/** A mark on a narrower bar would hide all of it. */
export const leastMarkedPx = 10;

/** What happened in a span: diamonds on the middle of its bar are events, dots on its lower edge log records. Errors are red and come last, so that nothing covers them. */
export const paintMarks = (painting: Painting, span: number, yPx: number, halfPx: number): void => {
  const { events } = painting.scene.trace;
  const middlePx = yPx + rowHeightPx / 2;
  eachPlace(painting, { ...events, isError: events.isException }, span, halfPx, (context, xPx) =>
    paintDiamond(context, xPx, middlePx, halfPx),
  );
  const { logs } = painting.scene;
  const edgePx = middlePx + barHeightPx / 2;
  if (logs !== undefined) eachPlace(painting, logs, span, halfPx, (context, xPx) => paintDot(context, xPx, edgePx, halfPx - 0.5));
};

interface Marks {
  first: Int32Array;
  ns: Float64Array;
  isError: Uint8Array;
}

/** Of several on one spot one is enough. */
const eachPlace = (
  { layer, colours, view }: Painting,
  { first, ns, isError }: Marks,
  span: number,
  halfPx: number,
  paint: (context: CanvasRenderingContext2D, xPx: number) => void,
): void => {
  const [from, end] = [first[span] ?? 0, first[span + 1] ?? 0];
  if (from === end) return;
  for (const wanted of [0, 1]) {
    let lastPx = Number.NEGATIVE_INFINITY;
    for (let index = from; index < end; index++) {
      if (isError[index] !== wanted) continue;
      const xPx = Math.round(xOf(view.window, layer.widthPx, ns[index] ?? 0));
      if (xPx - lastPx < halfPx || xPx < -halfPx || xPx > layer.widthPx + halfPx) continue;
      lastPx = xPx;
      layer.context.fillStyle = colours.get(wanted === 1 ? 'var(--error-fill)' : 'var(--surface)');
      layer.context.strokeStyle = colours.get(wanted === 1 ? 'var(--surface)' : 'var(--text)');
      paint(layer.context, xPx);
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

const paintDot = (context: CanvasRenderingContext2D, xPx: number, middlePx: number, radiusPx: number): void => {
  context.lineWidth = 1;
  context.beginPath();
  context.arc(xPx, middlePx, radiusPx, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
};
