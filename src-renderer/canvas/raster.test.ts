import { describe, expect, it } from 'vitest';
import { createRaster, paintBox, type Raster } from './raster.ts';

const picture = ({ width, height, pixels }: Raster): string[] =>
  Array.from({ length: height }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)].join(''));

describe('paintBox', () => {
  it('paints over what is there', () => {
    const raster = createRaster(6, 3);
    paintBox(raster, 0, 0, 6, 2, 1);
    paintBox(raster, 2, 1, 4, 3, 2);
    expect(picture(raster)).toEqual(['111111', '112211', '002200']);
  });

  it('cuts off what lies outside', () => {
    const raster = createRaster(3, 2);
    paintBox(raster, -5, -5, 1, 9, 1);
    paintBox(raster, 2, 1, 99, 99, 2);
    paintBox(raster, 2, 0, 1, 1, 3);
    expect(picture(raster)).toEqual(['100', '102']);
  });
});
