import { describe, expect, it } from 'vitest';
import { barAt, barOf, firstBarOf, lastBarOf, selectedBar } from './bar-walk.ts';

const bars = [4, 0, 1].map((traceCount, index) => ({
  startMs: 100 + index * 10,
  endMs: 110 + index * 10,
  traceCount,
  errorCount: traceCount % 2,
}));

describe('bars', () => {
  it('are found by time, also where no traces are', () => {
    expect([95, 100, 109.9, 110, 155].map((ms) => barAt(bars, ms))).toEqual([-1, 0, 0, 1, 5]);
    expect(barOf(bars, -2)).toEqual({ startMs: 80, endMs: 90, traceCount: 0, errorCount: 0 });
    expect(barOf([], 0)).toBeUndefined();
    expect([firstBarOf(bars, { startMs: 85, endMs: 150 }), lastBarOf(bars, { startMs: 85, endMs: 150 })]).toEqual([-2, 4]);
  });

  it('are selected in either direction', () => {
    const both = { startMs: 80, endMs: 120, traceCount: 4, errorCount: 0 };
    expect(selectedBar(bars, { anchor: -2, at: 1 })).toEqual(both);
    expect(selectedBar(bars, { anchor: 1, at: -2 })).toEqual(both);
    expect(selectedBar(bars, { anchor: 2, at: 2 })).toMatchObject({ startMs: 120, endMs: 130, traceCount: 1, errorCount: 1 });
    expect(selectedBar(bars, { anchor: -5, at: -3 })).toMatchObject({ traceCount: 0 });
    expect(selectedBar([], { anchor: 0, at: 0 })).toBeUndefined();
  });
});
