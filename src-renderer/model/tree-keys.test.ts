import { describe, expect, it } from 'vitest';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { visibleRows } from './timeline-rows.ts';
import { readTrace } from '#proto/analysis/trace';
import { treeMove } from './tree-keys.ts';

const { tree } = readTrace(
  drawTrace(`
api GET / 0-120
  api auth 1-10
    db SELECT 2-5
  api load 20-100
    db SELECT 21-50`),
);
/** As if both children were a run of similar siblings. */
const runs = { of: Int32Array.of(-1, 0, -1, 0, -1), end: Int32Array.of(5) };
const scope = { root: undefined, first: 0, end: tree.size };
const press = (key: string, cursor: number, folded: number[] = [], run: 'none' | 'open' | 'folded' = 'none') => {
  const collapsed = Uint8Array.from({ length: tree.size }, (_, span) => (folded.includes(span) ? 1 : 0));
  const rows = visibleRows({ tree, scope, collapsed, runs, foldedRuns: Uint8Array.of(run === 'folded' ? 1 : 0) });
  return treeMove(key, { tree, rows, collapsed, runOf: runs.of, foldsRuns: run !== 'none', cursor, pageRows: 3 });
};
const move = (row: number) => ({ kind: 'move', row });

describe('treeMove', () => {
  it('goes down and up the rows, past what is folded', () => {
    expect([press('ArrowDown', 1), press('ArrowDown', 1, [1]), press('ArrowUp', 3, [1])]).toEqual([move(2), move(2), move(1)]);
  });
  it('stops at the ends', () => expect([press('ArrowUp', 0), press('ArrowDown', 4)]).toEqual([move(0), move(4)]));
  it('goes by pages, to the first and to the last', () => {
    expect([press('PageDown', 0), press('PageUp', 4), press('Home', 3), press('End', 0)]).toEqual([move(3), move(1), move(0), move(4)]);
  });
  it('unfolds to the right, then goes in', () => {
    expect([press('ArrowRight', 1, [1]), press('ArrowRight', 1), press('ArrowRight', 2)]).toEqual([
      { kind: 'toggle', span: 1 },
      move(2),
      undefined,
    ]);
  });
  it('folds to the left, then goes out', () => {
    expect([press('ArrowLeft', 1), press('ArrowLeft', 1, [1]), press('ArrowLeft', 2), press('ArrowLeft', 0, [0])]).toEqual([
      { kind: 'toggle', span: 1 },
      move(0),
      move(1),
      undefined,
    ]);
  });
  it('opens a folded run, and folds it again before it goes out', () => {
    const toggle = { kind: 'toggle-run', run: 0 };
    expect([press('ArrowRight', 1, [], 'folded'), press('Enter', 1, [], 'folded'), press(' ', 1, [], 'folded')]).toEqual([
      toggle,
      toggle,
      toggle,
    ]);
    expect([press('ArrowLeft', 1, [], 'folded'), press('ArrowDown', 1, [], 'folded')]).toEqual([move(0), move(1)]);
    expect([press('ArrowLeft', 3, [3], 'open'), press('ArrowLeft', 3, [], 'open')]).toEqual([toggle, { kind: 'toggle', span: 3 }]);
  });
  it('opens, unfolds all, and leaves other keys alone', () => {
    expect([press('Enter', 2), press('*', 2), press('x', 2)]).toEqual([{ kind: 'open', span: 2 }, { kind: 'expand-all' }, undefined]);
  });
});
