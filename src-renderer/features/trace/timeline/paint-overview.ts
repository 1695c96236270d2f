import { colourBytes } from '#ui/canvas/colour-bytes.ts';
import type { Colours } from '#ui/canvas/colours.ts';
import type { Layer } from '#ui/canvas/layer.ts';
import { createRaster, paintBox, type Raster, rasterImage } from '#ui/canvas/raster.ts';
import { serviceColour, serviceHue, serviceHueCount } from '#ui/model/service-colour.ts';
import type { TimeWindow } from '#proto/analysis/time-window';
import type { Trace } from '#proto/analysis/trace';
import { isInScope } from '#ui/model/timeline-scope.ts';
import { overviewHeightPx, xOf } from './geometry.ts';
import { errorsBetween } from './row-words.ts';
import type { Scene } from './scene.ts';

/** Palette entries: 0 nothing, then a service's hue, then "no service name", then errors, then what is found. */
const unnamedIndex = serviceHueCount + 1;
const errorIndex = serviceHueCount + 2;
const foundIndex = serviceHueCount + 3;
const verticalMarginPx = 4;
/** A lane no higher than this, or five spans would fill the overview like a flag. */
const highestLanePx = 4;
const largeMarkPx = 2.5;
/** With more marks than this, large ones would leave nothing else to see. */
const mostLargeMarks = 300;

/** What the overview is of. */
type Pictured = Pick<Scene, 'trace' | 'scope' | 'found'>;

/** Every span in tree order from top to bottom, as an image of the given size; drawn once for each trace, width, theme and search. */
export const overviewImage = (pictured: Pictured, widthPx: number, density: number, colours: Colours): ImageData => {
  const width = Math.max(1, Math.round(widthPx * density));
  const raster = createRaster(width, Math.round(overviewHeightPx * density));
  paintSpans(raster, pictured, widthPx, density);
  return rasterImage(raster, colourBytes(palette(colours)));
};

const palette = (colours: Colours): string[] => [
  'transparent',
  ...Array.from({ length: serviceHueCount }, (_, hue) => colours.get(`var(--service-${hue}-fill)`)),
  colours.get(serviceColour('').fill),
  colours.get('var(--error-fill)'),
  colours.get('var(--look)'),
];

const paintSpans = (raster: Raster, { trace, scope, found }: Pictured, widthPx: number, density: number): void => {
  const colourOf = paletteOfServices(trace);
  const roomPx = raster.height - 2 * verticalMarginPx * density;
  const lanePx = Math.min(highestLanePx * density, roomPx / (scope.end - scope.first));
  // A pixel between lanes, where there is room for one.
  const barPx = Math.max(1, Math.round(lanePx) - (lanePx >= 3 * density ? Math.round(density) : 0));
  const topOf = (span: number): number => Math.round(verticalMarginPx * density + (span - scope.first) * lanePx);
  const pxOf = (ns: number): number => Math.round(xOf(scope.bounds, widthPx, ns) * density);
  for (let span = scope.first; span < scope.end; span++) {
    const [fromNs, toNs] = extent(trace, span);
    const left = pxOf(fromNs);
    const box = { left, right: Math.max(left + 1, pxOf(toNs)), top: topOf(span), bottom: topOf(span) + barPx };
    paintBox(raster, box, colourOf(trace.service.codes[span] ?? 0));
  }
  // Later than all bars, so that none hides it, and never too small to be seen.
  const marks = errorsBetween(trace, scope.first, scope.end) + (found?.spans.length ?? 0);
  const markPx = Math.round((marks > mostLargeMarks ? 1 : largeMarkPx) * density);
  const mark = (span: number, right: number, colour: number): void => {
    const top = Math.min(topOf(span), raster.height - markPx);
    paintBox(raster, { left: right - markPx, right, top, bottom: top + Math.max(markPx, barPx) }, colour);
  };
  for (const span of found?.spans ?? []) {
    if (isInScope(scope, span)) mark(span, Math.max(0, pxOf(extent(trace, span)[0])) + markPx, foundIndex);
  }
  // Where it failed, which is where the span ended.
  for (let span = scope.first; span < scope.end; span++) {
    if (trace.isError[span] === 1) mark(span, Math.max(markPx, pxOf(extent(trace, span)[1])), errorIndex);
  }
};

/** The palette entry of each service, by its code. */
const paletteOfServices = ({ service }: Trace): ((code: number) => number) => {
  const known = new Uint8Array(service.strings.length);
  return (code) => known[code] || (known[code] = (serviceHue(service.strings[code] ?? '') ?? unnamedIndex - 1) + 1);
};

/** From the earlier to the later end, whichever of them was sent as the start. */
const extent = (trace: Trace, span: number): [number, number] => {
  const startNs = trace.startNs[span] ?? 0;
  const endNs = startNs + (trace.durationNs[span] ?? 0);
  return startNs <= endNs ? [startNs, endNs] : [endNs, startNs];
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
