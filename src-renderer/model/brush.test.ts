import { describe, expect, it } from 'vitest';
import { brushAt, brushed } from './brush.ts';

const bounds = { startNs: 0, endNs: 1000 };
const window = { startNs: 200, endNs: 600 };

describe('brushAt', () => {
  it.each([
    [50, 'choose'],
    [203, 'start'],
    [400, 'move'],
    [597, 'end'],
    [800, 'choose'],
  ])('at %d px: %s', (px, kind) => expect(brushAt(window, bounds, 1000, px)).toBe(kind));
  it('chooses anew where all is shown', () => expect(brushAt(bounds, bounds, 1000, 2)).toBe('choose'));
  it('takes the nearer of two close edges', () => expect(brushAt({ startNs: 500, endNs: 504 }, bounds, 1000, 505)).toBe('end'));
});

describe('brushed', () => {
  it('chooses in either direction', () => expect(brushed('choose', bounds, bounds, 700, 300)).toEqual({ startNs: 300, endNs: 700 }));
  it('moves as far as it goes', () => expect(brushed('move', window, bounds, 300, 900)).toEqual({ startNs: 600, endNs: 1000 }));
  it('moves an edge, past the other too', () => {
    expect(brushed('start', window, bounds, 200, 300)).toEqual({ startNs: 300, endNs: 600 });
    expect(brushed('end', window, bounds, 600, 100)).toEqual({ startNs: 100, endNs: 200 });
  });
});
