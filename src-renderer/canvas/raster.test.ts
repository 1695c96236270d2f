import { describe, expect, it } from 'vitest';
import { createRaster, paintBox, type Raster } from './raster.ts';

const picture = ({ width, height, pixels }: Raster): string[] =>
  Array.from({ length: height }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)].join(''));

describe('paintBox', () => {
  it('paints over what is there', () => {
    const raster = createRaster(6, 3);
    paintBox(raster, { left: 0, top: 0, right: 6, bottom: 2 }, 1);
    paintBox(raster, { left: 2, top: 1, right: 4, bottom: 3 }, 2);
    expect(picture(raster)).toEqual(['111111', '112211', '002200']);
  });

  it('cuts off what lies outside', () => {
    const raster = createRaster(3, 2);
    paintBox(raster, { left: -5, top: -5, right: 1, bottom: 9 }, 1);
    paintBox(raster, { left: 2, top: 1, right: 99, bottom: 99 }, 2);
    paintBox(raster, { left: 2, top: 0, right: 1, bottom: 1 }, 3);
    expect(picture(raster)).toEqual(['100', '102']);
  });
});
