import { describe, expect, it } from 'vitest';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { isVisible, type Listing, nextError, visibleRows } from './timeline-rows.ts';
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

const noRuns = { of: new Int32Array(trace.tree.size).fill(-1), end: new Int32Array() };
const whole = { root: undefined, first: 0, end: trace.tree.size };
const rowsOf = (change: Partial<Listing>) =>
  visibleRows({ tree: trace.tree, scope: whole, collapsed: collapsed(), runs: noRuns, foldedRuns: new Uint8Array(), ...change });

describe('visibleRows', () => {
  it('lists every span where nothing is hidden', () => {
    const rows = rowsOf({});
    expect([...rows.spans]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...rows.rowOf]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...rows.runs]).toEqual([-1, -1, -1, -1, -1, -1, -1]);
  });

  it('hides what is below a collapsed span, which stands for it', () => {
    const rows = rowsOf({ collapsed: collapsed(3, 1) });
    expect([...rows.spans]).toEqual([0, 1, 3, 6]);
    expect([...rows.rowOf]).toEqual([0, 1, 1, 2, 2, 2, 3]);
    expect([isVisible(rows, 3), isVisible(rows, 4)]).toEqual([true, false]);
  });

  it('lets the outermost of nested collapsed spans win', () => {
    expect([...rowsOf({ collapsed: collapsed(0, 3) }).spans]).toEqual([0, 6]);
  });

  it('has one row for a folded run, which is no row of its first span', () => {
    // As if `auth` and `load` were a run of two.
    const runs = { of: Int32Array.of(-1, 0, -1, 0, -1, -1, -1), end: Int32Array.of(6) };
    const folded = rowsOf({ runs, foldedRuns: Uint8Array.of(1), collapsed: collapsed(3) });
    expect([...folded.spans]).toEqual([0, 1, 6]);
    expect([...folded.runs]).toEqual([-1, 0, -1]);
    expect([...folded.rowOf]).toEqual([0, 1, 1, 1, 1, 1, 2]);
    expect([isVisible(folded, 0), isVisible(folded, 1), isVisible(folded, 3)]).toEqual([true, false, false]);
    expect([...rowsOf({ runs, foldedRuns: Uint8Array.of(0) }).spans]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...rowsOf({ runs, foldedRuns: Uint8Array.of(1), scope: { root: 1, first: 1, end: 3 } }).spans]).toEqual([1, 2]);
  });

  it('lists a part of the tree, and nothing else', () => {
    const rows = rowsOf({ scope: { root: 3, first: 3, end: 6 } });
    expect([...rows.spans]).toEqual([3, 4, 5]);
    expect([...rows.rowOf]).toEqual([-1, -1, -1, 0, 1, 2, -1]);
    expect([isVisible(rows, 1), isVisible(rows, 4)]).toEqual([false, true]);
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
  it('stays in a part of the tree', () => {
    expect(nextError(trace.isError, 5, 1, { first: 3, end: 6 })).toBe(5);
    expect(nextError(trace.isError, 0, -1, { first: 0, end: 3 })).toBe(2);
    expect(nextError(trace.isError, 3, 1, { first: 3, end: 5 })).toBeUndefined();
  });
  it('comes back to the only failure', () => expect(nextError(Uint8Array.of(0, 1), 1, 1)).toBe(1));
});
