import { describe, expect, it } from 'vitest';
import { criticalPath } from '#proto/analysis/critical-path';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { CriticalSpans } from './critical-spans.ts';

const trace = readTrace(
  drawTrace(`
api GET / 0-100
  api auth 10-30
  api load 40-90
    db SELECT 50-60
  api log 45-50`),
);
const critical = new CriticalSpans(criticalPath(trace), trace.tree.size);
const pieces = (first: number, end: number): number[][] => {
  const { startNs, endNs } = critical.within(first, end);
  return Array.from(startNs, (start, index) => [start / 1e6, (endNs[index] ?? 0) / 1e6]);
};

describe('CriticalSpans', () => {
  it('says which spans the path goes through', () => {
    expect([0, 1, 2, 3, 4].map((span) => critical.has(span, span + 1))).toEqual([true, true, true, true, false]);
    expect([critical.has(1, 3), critical.has(4, 5)]).toEqual([true, false]);
  });
  it('gives the moments of a span and of a stretch', () => {
    expect(pieces(0, 1)).toEqual([
      [0, 10],
      [30, 40],
      [90, 100],
    ]);
    expect(pieces(2, 4)).toEqual([
      [40, 50],
      [50, 60],
      [60, 90],
    ]);
    expect(pieces(4, 5)).toEqual([]);
  });
  it('adds them up', () => expect([critical.totalNs(0, 1), critical.totalNs(0, 5), critical.totalNs(4, 5)]).toEqual([30e6, 100e6, 0]));
});
