import { describe, expect, it } from 'vitest';
import { clampWindow, isWhole, nsOf, panBy, pxOf, windowAround, zoomAbout } from './time-scale.ts';

const bounds = { startNs: 0, endNs: 1000 };

describe('scale', () => {
  it('goes there and back', () => {
    const window = { startNs: 200, endNs: 600 };
    expect(pxOf(window, 800, 300)).toBe(200);
    expect(nsOf(window, 800, 200)).toBe(300);
  });
  it('survives a width of nothing', () => expect(nsOf(bounds, 0, 5)).toBe(0));
});

describe('clampWindow', () => {
  it.each([
    [
      { startNs: 100, endNs: 300 },
      { startNs: 100, endNs: 300 },
    ],
    [
      { startNs: -100, endNs: 100 },
      { startNs: 0, endNs: 200 },
    ],
    [
      { startNs: 900, endNs: 1200 },
      { startNs: 700, endNs: 1000 },
    ],
    [{ startNs: -500, endNs: 5000 }, bounds],
    [
      { startNs: 500, endNs: 500 },
      { startNs: 495, endNs: 505 },
    ],
    [
      { startNs: 300, endNs: 100 },
      { startNs: 100, endNs: 300 },
    ],
  ])('%o becomes %o', (asked, given) => expect(clampWindow(asked, bounds)).toEqual(given));
  it('stays inside bounds that are shorter than the shortest window', () => {
    expect(clampWindow({ startNs: 0, endNs: 1 }, { startNs: 0, endNs: 5 })).toEqual({ startNs: 0, endNs: 5 });
  });
});

describe('zoomAbout', () => {
  it('keeps the moment under the pointer in its place', () => {
    const window = zoomAbout(bounds, bounds, 250, 0.5);
    expect(window).toEqual({ startNs: 125, endNs: 625 });
    expect(pxOf(window, 800, 250)).toBe(pxOf(bounds, 800, 250));
  });
  it('comes back to the whole trace', () => {
    let window = zoomAbout(bounds, bounds, 900, 0.1);
    for (let step = 0; step < 20; step++) window = zoomAbout(window, bounds, 10, 2);
    expect(isWhole(window, bounds)).toBe(true);
  });
  it('ends at ten nanoseconds and does not drift there', () => {
    let window = zoomAbout(bounds, bounds, 500, 1e-9);
    expect(window.endNs - window.startNs).toBeCloseTo(10, 9);
    for (let step = 0; step < 50; step++) window = zoomAbout(window, bounds, 500, 0.5);
    expect(window.startNs).toBeCloseTo(495, 6);
  });
});

describe('panBy', () => {
  it('moves and stops at the ends with its length', () => {
    const window = { startNs: 100, endNs: 300 };
    expect(panBy(window, bounds, 50)).toEqual({ startNs: 150, endNs: 350 });
    expect(panBy(window, bounds, -500)).toEqual({ startNs: 0, endNs: 200 });
    expect(panBy(window, bounds, 5000)).toEqual({ startNs: 800, endNs: 1000 });
  });
});

describe('windowAround', () => {
  it('shows a span with a margin', () => expect(windowAround(400, 600, bounds)).toEqual({ startNs: 390, endNs: 610 }));
  it('shows a span without duration', () => expect(windowAround(500, 500, bounds)).toEqual({ startNs: 490, endNs: 510 }));
  it('shows a span that ends before it starts', () => expect(windowAround(600, 400, bounds)).toEqual({ startNs: 390, endNs: 610 }));
});
