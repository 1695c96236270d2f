/**
 * A picture of many boxes in few pixels: one byte a pixel, an index into a palette, 0 for nothing. Boxes that fall on painted pixels cost a memory fill and no drawing, so a
 * hundred thousand of them take milliseconds; the browser gets one image.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export const createRaster = (width: number, height: number): Raster => ({ width, height, pixels: new Uint8Array(width * height) });

/** In whole pixels; `right` and `bottom` are not part of it. */
export interface RasterBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What lies outside of the raster is cut off. */
export const paintBox = (raster: Raster, { left, top, right, bottom }: RasterBox, colour: number): void => {
  const from = Math.max(0, left);
  const to = Math.min(raster.width, right);
  if (from >= to) return;
  for (let y = Math.max(0, top); y < Math.min(raster.height, bottom); y++)
    raster.pixels.fill(colour, y * raster.width + from, y * raster.width + to);
};

/** The raster as an image; `palette` from `colourBytes`, its entry 0 is not used. */
export const rasterImage = (raster: Raster, palette: Uint32Array): ImageData => {
  const image = new ImageData(raster.width, raster.height);
  const words = new Uint32Array(image.data.buffer);
  for (let index = 0; index < words.length; index++) {
    const colour = raster.pixels[index] ?? 0;
    if (colour !== 0) words[index] = palette[colour] ?? 0;
  }
  return image;
};
