/** A canvas that is ready to be drawn on in CSS pixels: cleared, sized and scaled for the screen's pixel density. */
export interface Layer {
  readonly context: CanvasRenderingContext2D;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Device pixels per CSS pixel. */
  readonly density: number;
}

/** Browsers refuse larger canvases, silently. */
const largestSideDevicePx = 16_384;

/**
 * Prepares `canvas` for one drawing. Its CSS size is set too, so that one canvas pixel is exactly one device pixel. `undefined` where there is nothing to draw on: no
 * room, or a browser that gives no context.
 */
export const prepareLayer = (canvas: HTMLCanvasElement, widthPx: number, heightPx: number): Layer | undefined => {
  const density = globalThis.devicePixelRatio || 1;
  const width = Math.min(largestSideDevicePx, Math.round(widthPx * density));
  const height = Math.min(largestSideDevicePx, Math.round(heightPx * density));
  if (width <= 0 || height <= 0) return undefined;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${width / density}px`;
    canvas.style.height = `${height / density}px`;
  }
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
  return { context, widthPx, heightPx, density };
};
