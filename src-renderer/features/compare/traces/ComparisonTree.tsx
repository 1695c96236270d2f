import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { TraceComparison } from '#proto/analysis/compare-traces';
import { hasChildren } from '#proto/analysis/span-tree';
import { treeMove } from '#ui/model/tree-keys.ts';
import styles from './ComparisonTree.module.css';
import { ComparisonRow, comparisonRowId } from './ComparisonRow.tsx';
import { comparisonRows } from './comparison-rows.ts';

interface ComparisonTreeProps {
  comparison: TraceComparison;
  /** One flag a node; absent where all are listed. */
  listed: Uint8Array | undefined;
  selected: number | undefined;
  onSelect: (node: number) => void;
}

const rowPx = 28;
const headPx = 26;

/** Both traces as one tree: what each took at every node, and the difference. The keyboard is in the tree; its row is the active descendant. */
export const ComparisonTree = ({ comparison, listed, selected, onSelect }: ComparisonTreeProps) => {
  const { tree } = comparison;
  const scroller = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const flags = useMemo(() => collapsedFlags(tree.size, collapsed), [tree, collapsed]);
  const rows = useMemo(() => comparisonRows(tree, flags, listed), [tree, flags, listed]);
  const cursor = Math.max(0, selected ?? rows.spans[0] ?? 0);
  const cursorRow = rows.rowOf[cursor] ?? -1;
  const virtual = useVirtualizer({
    count: rows.spans.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    // The row with the keyboard stays in the document, or it could not be the active descendant.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...(cursorRow >= 0 && cursorRow < range.count ? [cursorRow] : [])])].toSorted(
        (x, y) => x - y,
      ),
  });

  useEffect(() => {
    if (selected === undefined) return;
    setCollapsed((before) => withoutAncestors(before, tree.parent, selected));
  }, [selected, tree]);
  const shown = useRef<number>(undefined);
  useEffect(() => {
    // Only a new selection scrolls, once it has a row: what stands above it is unfolded first.
    if (selected === shown.current || rows.spans[cursorRow] !== cursor) return;
    shown.current = selected;
    virtual.scrollToIndex(cursorRow, { align: 'auto' });
  }, [selected, rows, cursor, cursorRow, virtual]);

  const toggle = (node: number): void => {
    if (hasChildren(tree, node)) setCollapsed((before) => (before.has(node) ? without(before, node) : new Set([...before, node])));
  };
  const open = (node: number, sides: readonly ('a' | 'b')[]): void => {
    const side = sides.find((one) => (comparison[one].span[node] ?? -1) >= 0);
    if (side === undefined) return;
    const { trace, span } = comparison[side];
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: trace.summary.traceId },
      search: { span: trace.spanId.at(span[node] ?? -1) },
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(event.key, {
      tree,
      rows,
      collapsed: flags,
      runOf: noRuns,
      foldsRuns: false,
      cursor,
      pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2),
    });
    if (event.key === 'a' || event.key === 'b') open(cursor, [event.key]);
    else if (move?.kind === 'move') onSelect(rows.spans[move.row] ?? cursor);
    else if (move?.kind === 'toggle') toggle(move.span);
    else if (move?.kind === 'open') open(cursor, ['b', 'a']);
    else if (move?.kind === 'expand-all') setCollapsed(new Set());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      role="treegrid"
      aria-label="Both traces as one tree"
      aria-rowcount={rows.spans.length + 1}
      tabIndex={0}
      aria-activedescendant={cursorRow >= 0 ? comparisonRowId(cursor) : undefined}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const node = target instanceof Element ? target.closest<HTMLElement>('[data-node]')?.dataset['node'] : undefined;
        if (node === undefined || !(target instanceof Element) || target.closest('a') !== null) return;
        if (target.closest('[data-twisty]') === null) onSelect(Number(node));
        else toggle(Number(node));
      }}
    >
      <TreeHead />
      {rows.spans.length === 0 ? <NothingListed /> : undefined}
      <div role="rowgroup" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const node = rows.spans[index] ?? 0;
          return (
            <ComparisonRow
              key={node}
              comparison={comparison}
              node={node}
              rowIndex={index + 2}
              topPx={start - headPx}
              isSelected={node === selected}
              isCursor={node === cursor}
              isCollapsed={collapsed.has(node)}
            />
          );
        })}
      </div>
    </div>
  );
};

/** What each column is. */
const TreeHead = () => (
  <div role="row" className={styles['head']} aria-rowindex={1}>
    <span role="columnheader">Span</span>
    <span role="columnheader" className={styles['number']} title="Time in A, over all of its runs there">
      A
    </span>
    <span role="columnheader" className={styles['number']} title="Time in B">
      B
    </span>
    <span role="columnheader" className={styles['number']} title="How much longer it took in B">
      Change
    </span>
    <span role="columnheader" className={styles['number']} title="How much more time B spent in it itself, its children not counted">
      Own time
    </span>
    <span role="columnheader" className={styles['barHead']}>
      <span className="visually-hidden">Own time as a bar</span>
    </span>
  </div>
);

const NothingListed = () => (
  <div role="row" className={styles['none']}>
    <span role="gridcell">No change here is worth a look: every span took about as long as before.</span>
  </div>
);

const noRuns = new Int32Array();

const collapsedFlags = (size: number, nodes: ReadonlySet<number>): Uint8Array => {
  const flags = new Uint8Array(size);
  for (const node of nodes) flags[node] = 1;
  return flags;
};

const without = (nodes: ReadonlySet<number>, node: number): ReadonlySet<number> => {
  const left = new Set(nodes);
  left.delete(node);
  return left;
};

/** The same set where no ancestor is in it, so that nothing renders again. */
const withoutAncestors = (nodes: ReadonlySet<number>, parent: Int32Array, node: number): ReadonlySet<number> => {
  let left = nodes;
  for (let above = parent[node] ?? -1; above >= 0; above = parent[above] ?? -1) if (left.has(above)) left = without(left, above);
  return left;
};
