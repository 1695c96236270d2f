import { hasChildren, type SpanTree } from '#proto/analysis/span-tree';
import type { TimelineRows } from './timeline-rows.ts';

/** What a key means in a tree of spans. */
export type TreeMove =
  | { kind: 'move'; span: number }
  | { kind: 'toggle'; span: number }
  | { kind: 'open'; span: number }
  | { kind: 'expand-all' };

interface TreeState {
  tree: SpanTree;
  rows: TimelineRows;
  collapsed: Uint8Array;
  /** The span that has the keyboard. */
  cursor: number;
  /** Rows that Page Up and Page Down go by. */
  pageRows: number;
}

/** The keys of a tree (WAI-ARIA Authoring Practices, "Tree View"), except that `*` unfolds all of it. `undefined` for a key that means nothing here. */
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
      return inwards(state);
    case 'ArrowLeft':
      return outwards(state);
    case 'Enter':
    case ' ':
      return { kind: 'open', span: cursor };
    case '*':
      return { kind: 'expand-all' };
    default:
      return undefined;
  }
};

const toRow = (rows: TimelineRows, row: number): TreeMove | undefined => {
  const span = rows.spans[Math.max(0, Math.min(rows.spans.length - 1, row))];
  return span === undefined ? undefined : { kind: 'move', span };
};

const inwards = ({ tree, collapsed, cursor }: TreeState): TreeMove | undefined => {
  if (!hasChildren(tree, cursor)) return undefined;
  return collapsed[cursor] === 1 ? { kind: 'toggle', span: cursor } : { kind: 'move', span: cursor + 1 };
};

const outwards = ({ tree, collapsed, cursor }: TreeState): TreeMove | undefined => {
  if (hasChildren(tree, cursor) && collapsed[cursor] !== 1) return { kind: 'toggle', span: cursor };
  const parent = tree.parent[cursor] ?? -1;
  return parent < 0 ? undefined : { kind: 'move', span: parent };
};
