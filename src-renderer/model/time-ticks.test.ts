import { describe, expect, it } from 'vitest';
import { formatMoment, niceStep, timeTicks } from './time-ticks.ts';

describe('niceStep', () => {
  it.each([
    [0.2, 1],
    [1, 1],
    [1.1, 2],
    [3, 5],
    [70, 100],
    [2.1e6, 5e6],
    [0.9e9, 1e9],
    [1.5e9, 2e9],
    [11e9, 15e9],
    [31e9, 60e9],
    [61e9, 120e9],
    [40 * 60e9, 3600e9],
    [13 * 3600e9, 86_400e9],
    [1.5 * 86_400e9, 2 * 86_400e9],
  ])('at least %d ns: %d ns', (least, step) => expect(niceStep(least)).toBe(step));
});

const labels = (startNs: number, endNs: number, widthPx = 800) => timeTicks({ startNs, endNs }, widthPx, 100).map(({ label }) => label);

describe('timeTicks', () => {
  it('divides a trace of 120 ms', () => expect(labels(0, 120e6)).toEqual(['0 ms', '20 ms', '40 ms', '60 ms', '80 ms', '100 ms', '120 ms']));
  it('has the decimals that its step needs', () => expect(labels(1e9, 1.01e9).slice(0, 3)).toEqual(['1.000 s', '1.002 s', '1.004 s']));
  it('counts long traces like a clock', () => expect(labels(0, 300e9)).toEqual(['0:00', '1:00', '2:00', '3:00', '4:00', '5:00']));
  it('shows time before the start', () => expect(labels(-2e6, 2e6, 400)).toEqual(['−2 ms', '−1 ms', '0 ms', '1 ms', '2 ms']));
  it('never has more than fit', () => {
    for (const end of [7, 13, 999, 12_345, 1e6, 3.7e8, 9e9, 8e10, 5e12, 3e15]) expect(labels(0, end).length).toBeLessThanOrEqual(9);
  });
  it('has none where there is no room', () => expect(labels(1, 2, 0).length).toBeLessThanOrEqual(2));
});

describe('formatMoment', () => {
  it.each([
    [1_234_567, 1, 2e6, '1.234567 ms'],
    [999, 1, 999, '999 ns'],
    [1.5e9, 1e6, 3e9, '1.500 s'],
    [65e9, 1e9, 200e9, '1:05'],
    [65.25e9, 0.25e9, 200e9, '1:05.3'],
    [59.99e9, 0.1e9, 200e9, '1:00.0'],
    [3725e9, 1e9, 4000e9, '1:02:05'],
    [90_000e9, 1e9, 100_000e9, '1 d 01:00:00'],
    [-65e9, 1e9, 200e9, '−1:05'],
    [-0.4, 1, 100, '0 ns'],
  ])('%d ns by %d in a trace of %d reads %s', (ns, step, reach, text) => expect(formatMoment(ns, step, reach)).toBe(text));
});
