import { describe, expect, it } from 'vitest';
import { visibleBox } from './box.ts';

describe('visibleBox', () => {
  it('snaps to pixels', () => expect(visibleBox(10.4, 20.6, 100, 2)).toEqual({ leftPx: 10, widthPx: 11 }));
  it('keeps a thin box visible', () => expect(visibleBox(10.1, 10.2, 100, 2)).toEqual({ leftPx: 10, widthPx: 2 }));
  it('takes ends in either order', () => expect(visibleBox(30, 10, 100, 2)).toEqual({ leftPx: 10, widthPx: 20 }));
  it('is nothing out of view', () => {
    expect(visibleBox(-50, -10, 100, 2)).toBeUndefined();
    expect(visibleBox(110, 200, 100, 2)).toBeUndefined();
  });
  it('cuts what would overflow a canvas', () => expect(visibleBox(-1e12, 1e12, 100, 2)).toEqual({ leftPx: -4, widthPx: 108 }));
  it('shows an instant at the very end', () => expect(visibleBox(100, 100, 100, 2)).toEqual({ leftPx: 98, widthPx: 2 }));
  it('has nothing to show of what is no number', () => expect(visibleBox(Number.NaN, 5, 100, 2)).toBeUndefined());
});
