import { describe, expect, it } from 'vitest';
import { barScaleEnd, barShare } from './duration-bar.ts';

describe('duration bars', () => {
  it('fill the column at the end of the scale, and vanish at zero', () =>
    expect([barShare(100, 100), barShare(0, 100), barShare(5, 0)]).toEqual([1, 0, 0]));
  it('keep a hundredth of the longest visible', () => expect(barShare(1, 100)).toBeCloseTo(0.1));
  it.each([
    [0, 0],
    [1, 1],
    [1.2e9, 2e9],
    [3e6, 5e6],
    [5.1e6, 1e7],
  ])('scale of %d ends at %d', (longest, end) => expect(barScaleEnd(longest)).toBe(end));
});
