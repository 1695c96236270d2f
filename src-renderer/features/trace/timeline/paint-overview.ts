import { colourBytes } from '#ui/canvas/colour-bytes.ts';
import type { Colours } from '#ui/canvas/colours.ts';
import type { Layer } from '#ui/canvas/layer.ts';
import { createRaster, paintBox, type Raster, rasterImage } from '#ui/canvas/raster.ts';
import { serviceColour, serviceHue, serviceHueCount } from '#ui/model/service-colour.ts';
import type { TimeWindow } from '#ui/model/time-scale.ts';
import type { Trace } from '#ui/model/trace.ts';
import { overviewHeightPx, xOf } from './geometry.ts';

/** Palette entries: 0 nothing, then a service's hue, then "no service name", then errors. */
const unnamedIndex = serviceHueCount + 1;
const errorIndex = serviceHueCount + 2;
const verticalMarginPx = 4;
/** A lane no higher than this, or five spans would fill the overview like a flag. */
const highestLanePx = 4;

/** Every span of the trace in tree order from top to bottom, as an image of the given size; drawn once per trace, width and theme. */
export const overviewImage = (trace: Trace, widthPx: number, density: number, colours: Colours): ImageData => {
  const width = Math.max(1, Math.round(widthPx * density));
  const raster = createRaster(width, Math.round(overviewHeightPx * density));
  paintSpans(raster, trace, widthPx, density);
  return rasterImage(raster, colourBytes(palette(colours)));
};

const palette = (colours: Colours): string[] => [
  'transparent',
  ...Array.from({ length: serviceHueCount }, (_, hue) => colours.get(`var(--service-${hue}-fill)`)),
  colours.get(serviceColour('').fill),
  colours.get('var(--error-fill)'),
];

const paintSpans = (raster: Raster, trace: Trace, widthPx: number, density: number): void => {
  const hues = new Map<string, number>();
  const colourOf = (service: string): number => {
    const known = hues.get(service) ?? (serviceHue(service) ?? unnamedIndex - 1) + 1;
    hues.set(service, known);
    return known;
  };
  const roomPx = raster.height - 2 * verticalMarginPx * density;
  const lanePx = Math.min(highestLanePx * density, roomPx / trace.tree.size);
  const box = (span: number, colour: number, leastPx: number): void => {
    const startNs = trace.startNs[span] ?? 0;
    const ends = [startNs, startNs + (trace.durationNs[span] ?? 0)].map((ns) => xOf(trace.bounds, widthPx, ns) * density);
    const left = Math.round(Math.min(...ends));
    const right = Math.max(left + leastPx, Math.round(Math.max(...ends)));
    const top = Math.round(verticalMarginPx * density + span * lanePx);
    // A pixel between lanes, where there is room for one.
    const height = Math.max(1, Math.round(lanePx) - (lanePx >= 3 * density ? Math.round(density) : 0));
    paintBox(raster, left, top, right, top + height, colour);
  };
  for (let span = 0; span < trace.tree.size; span++) box(span, colourOf(trace.service[span] ?? ''), 1);
  for (let span = 0; span < trace.tree.size; span++) if (trace.isError[span] === 1) box(span, errorIndex, 2);
};

/** Dims what lies outside the window, and marks its edges as something to take hold of. */
export const paintWindow = (layer: Layer, colours: Colours, bounds: TimeWindow, window: TimeWindow): void => {
  const { context, widthPx, heightPx } = layer;
  const startPx = Math.round(xOf(bounds, widthPx, window.startNs));
  const endPx = Math.max(startPx + 1, Math.round(xOf(bounds, widthPx, window.endNs)));
  context.fillStyle = colours.get('var(--bg)');
  context.globalAlpha = 0.72;
  context.fillRect(0, 0, startPx, heightPx);
  context.fillRect(endPx, 0, widthPx - endPx, heightPx);
  context.globalAlpha = 1;
  context.fillStyle = colours.get('var(--accent)');
  context.fillRect(startPx, 0, 1, heightPx);
  context.fillRect(endPx - 1, 0, 1, heightPx);
  for (const edgePx of [startPx, endPx - 1]) {
    context.beginPath();
    context.roundRect(edgePx - 2, heightPx / 2 - 7, 5, 14, 2);
    context.fill();
  }
};
