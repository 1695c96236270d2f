import type { Box } from '#ui/canvas/box.ts';
import { barHeightPx, rowHeightPx } from './geometry.ts';
import type { Painting } from './painting.ts';
import type { RowLook } from './row-looks.ts';

const labelGapPx = 6;

interface Bar {
  fill: string;
  yPx: number;
  isBackwards: boolean;
  isError: boolean;
}

export const paintBar = (
  { layer: { context }, colours }: Painting,
  { leftPx, widthPx }: Box,
  { fill, yPx, isBackwards, isError }: Bar,
): void => {
  const topPx = yPx + (rowHeightPx - barHeightPx) / 2;
  const radiusPx = Math.min(2, widthPx / 2);
  context.fillStyle = colours.get(fill);
  context.beginPath();
  context.roundRect(leftPx, topPx, widthPx, barHeightPx, radiusPx);
  // A span that ends before it starts has the outline of one: its length says how far the clock went back, not how long anything took.
  if (isBackwards) paintOutline(context, colours.get(fill));
  else context.fill();
  if (!isError) return;
  // Red along the whole lower edge, and at the end, which is where it failed.
  context.fillStyle = colours.get('var(--error-fill)');
  context.save();
  context.clip();
  context.fillRect(leftPx, topPx + barHeightPx - 2, widthPx, 2);
  context.fillRect(leftPx + widthPx - 3, topPx, 3, barHeightPx);
  context.restore();
};

const paintOutline = (context: CanvasRenderingContext2D, colour: string): void => {
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * 0.25;
  context.fill();
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.setLineDash([3, 2]);
  context.stroke();
  context.setLineDash([]);
};

/** A small arrow at the edge: it is there, earlier or later than what is shown. */
export const paintOutOfView = ({ layer: { context, widthPx }, colours }: Painting, yPx: number, side: 'left' | 'right'): void => {
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

interface LabelPlace {
  box: Box;
  yPx: number;
  isError: boolean;
  /** Whether it may stand in the bar where there is no room beside it. */
  isInBar: boolean;
}

/** The duration: to the right of the bar, else to the left of it, else in it. What stands behind it is left out where it does not fit. */
export const paintLabel = (
  { layer: { context, widthPx }, colours }: Painting,
  look: RowLook,
  { box, yPx, isError, isInBar }: LabelPlace,
): void => {
  const { label, labelPx, aside, asidePx } = look;
  const rightPx = box.leftPx + box.widthPx;
  const middlePx = yPx + rowHeightPx / 2 + 0.5;
  const ink = colours.get(isError ? 'var(--error)' : 'var(--text-muted)');
  const faint = colours.get('var(--text-faint)');
  const wholePx = asidePx === 0 ? labelPx : labelPx + labelGapPx + asidePx;
  const roomRightPx = widthPx - rightPx - labelGapPx - 2;
  const roomLeftPx = box.leftPx - labelGapPx - 2;
  const write = (atPx: number, hasAside: boolean): void => {
    context.fillStyle = ink;
    context.fillText(label, atPx, middlePx);
    if (!hasAside || asidePx === 0) return;
    context.fillStyle = faint;
    context.fillText(aside, atPx + labelPx + labelGapPx, middlePx);
  };
  if (wholePx <= roomRightPx) write(rightPx + labelGapPx, true);
  else if (wholePx <= roomLeftPx) write(box.leftPx - labelGapPx - wholePx, true);
  else if (labelPx <= roomRightPx) write(rightPx + labelGapPx, false);
  else if (labelPx <= roomLeftPx) write(box.leftPx - labelGapPx - labelPx, false);
  else if (isInBar) writeInBar(context, look, { leftPx: Math.max(0, box.leftPx), rightPx: Math.min(widthPx, rightPx), middlePx });
};

const writeInBar = (
  context: CanvasRenderingContext2D,
  { label, labelPx, aside, asidePx }: RowLook,
  { leftPx, rightPx, middlePx }: { leftPx: number; rightPx: number; middlePx: number },
): void => {
  const roomPx = rightPx - leftPx - 2 * labelGapPx;
  if (roomPx < labelPx) return;
  context.fillStyle = inBar;
  context.fillText(label, leftPx + labelGapPx, middlePx);
  if (asidePx > 0 && roomPx >= labelPx + labelGapPx + asidePx) context.fillText(aside, leftPx + 2 * labelGapPx + labelPx, middlePx);
};

/** On every service's fill, which has the same lightness in both themes, near-black has the contrast that white has not. */
const inBar = '#14161c';
