import { describe, expect, it } from 'vitest';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { isVisible, nextError, visibleRows } from './timeline-rows.ts';
import { readTrace } from '#proto/analysis/trace';

const trace = readTrace(
  drawTrace(`
api GET / 0-120
  api auth 1-10
    db SELECT 2-5 error
  api load 20-100
    db SELECT 21-50
    db SELECT 55-90 error
worker job 130-140`),
);
const collapsed = (...spans: number[]): Uint8Array =>
  Uint8Array.from({ length: trace.tree.size }, (_, span) => (spans.includes(span) ? 1 : 0));

describe('visibleRows', () => {
  it('lists every span where nothing is collapsed', () => {
    const rows = visibleRows(trace.tree, collapsed());
    expect([...rows.spans]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...rows.rowOf]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('hides what is below a collapsed span, which stands for it', () => {
    const rows = visibleRows(trace.tree, collapsed(3, 1));
    expect([...rows.spans]).toEqual([0, 1, 3, 6]);
    expect([...rows.rowOf]).toEqual([0, 1, 1, 2, 2, 2, 3]);
    expect([isVisible(rows, 3), isVisible(rows, 4)]).toEqual([true, false]);
  });

  it('lets the outermost of nested collapsed spans win', () => {
    expect([...visibleRows(trace.tree, collapsed(0, 3)).spans]).toEqual([0, 6]);
  });
});

describe('nextError', () => {
  it('goes on from a span, hidden failures too, and round at the end', () => {
    expect(nextError(trace.isError, 0, 1)).toBe(2);
    expect(nextError(trace.isError, 2, 1)).toBe(5);
    expect(nextError(trace.isError, 5, 1)).toBe(2);
  });
  it('goes back', () => {
    expect(nextError(trace.isError, 5, -1)).toBe(2);
    expect(nextError(trace.isError, 0, -1)).toBe(5);
    expect(nextError(trace.isError, -1, 1)).toBe(2);
  });
  it('finds nothing where nothing failed', () => expect(nextError(new Uint8Array(3), 0, 1)).toBeUndefined());
  it('comes back to the only failure', () => expect(nextError(Uint8Array.of(0, 1), 1, 1)).toBe(1));
});
