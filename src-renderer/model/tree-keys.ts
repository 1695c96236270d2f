import { hasChildren, type SpanTree } from '#proto/analysis/span-tree';
import type { TimelineRows } from './timeline-rows.ts';

/** What a key means in a tree of spans. */
export type TreeMove =
  | { kind: 'move'; row: number }
  | { kind: 'toggle'; span: number }
  | { kind: 'toggle-run'; run: number }
  | { kind: 'open'; span: number }
  | { kind: 'expand-all' };

interface TreeState {
  tree: SpanTree;
  rows: TimelineRows;
  collapsed: Uint8Array;
  /** The run of similar siblings that each span is one of, and which runs are folded. */
  runOf: Int32Array;
  /** Whether runs can be folded at all. */
  foldsRuns: boolean;
  /** The span that has the keyboard; of a folded run the first one. */
  cursor: number;
  /** Rows that Page Up and Page Down go by. */
  pageRows: number;
}

/**
 * The keys of a tree (WAI-ARIA Authoring Practices, "Tree View"), except that `*` unfolds all of it. A folded run opens like a parent; inside of an open one, Left folds it again before it
 * goes out. `undefined` for a key that means nothing here.
 */
export const treeMove = (key: string, state: TreeState): TreeMove | undefined => {
  const { rows, cursor, pageRows } = state;
  const row = rows.rowOf[cursor] ?? 0;
  switch (key) {
    case 'ArrowDown':
      return toRow(rows, row + 1);
    case 'ArrowUp':
      return toRow(rows, row - 1);
    case 'PageDown':
      return toRow(rows, row + pageRows);
    case 'PageUp':
      return toRow(rows, row - pageRows);
    case 'Home':
      return toRow(rows, 0);
    case 'End':
      return toRow(rows, rows.spans.length - 1);
    case 'ArrowRight':
      return inwards(state, row);
    case 'ArrowLeft':
      return outwards(state, row);
    case 'Enter':
    case ' ':
      return foldedRun(rows, row) ?? { kind: 'open', span: cursor };
    case '*':
      return { kind: 'expand-all' };
    default:
      return undefined;
  }
};

const toRow = (rows: TimelineRows, wanted: number): TreeMove | undefined => {
  const row = Math.max(0, Math.min(rows.spans.length - 1, wanted));
  return rows.spans[row] === undefined ? undefined : { kind: 'move', row };
};

const foldedRun = (rows: TimelineRows, row: number): TreeMove | undefined => {
  const run = rows.runs[row] ?? -1;
  return run < 0 ? undefined : { kind: 'toggle-run', run };
};

const inwards = ({ tree, rows, collapsed, cursor }: TreeState, row: number): TreeMove | undefined => {
  const run = foldedRun(rows, row);
  if (run !== undefined) return run;
  if (!hasChildren(tree, cursor)) return undefined;
  return collapsed[cursor] === 1 ? { kind: 'toggle', span: cursor } : toRow(rows, row + 1);
};

const outwards = ({ tree, rows, collapsed, runOf, foldsRuns, cursor }: TreeState, row: number): TreeMove | undefined => {
  if (foldedRun(rows, row) === undefined) {
    if (hasChildren(tree, cursor) && collapsed[cursor] !== 1) return { kind: 'toggle', span: cursor };
    const run = runOf[cursor] ?? -1;
    if (foldsRuns && run >= 0) return { kind: 'toggle-run', run };
  }
  const rowAbove = rows.rowOf[tree.parent[cursor] ?? -1] ?? -1;
  return rowAbove < 0 ? undefined : { kind: 'move', row: rowAbove };
};
