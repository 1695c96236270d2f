import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { listStep } from '#ui/model/list-step.ts';
import styles from './Grid.module.css';

export interface GridColumn {
  id: string;
  label: ReactNode;
  /** A length of CSS grids: `80px`, `minmax(120px, 1fr)`. */
  width: string;
  /** What makes up the least width of the table. */
  leastPx: number;
  isNumber?: boolean;
  /** Says what the numbers are, on hover. */
  title?: string;
}

/** The column that rows are in order of. */
export interface GridSort {
  column: string;
  isDescending: boolean;
}

export interface GridRow {
  key: string | number;
  cells: readonly ReactNode[];
  isSelected?: boolean;
  /** Of a row that others belong to. */
  isExpanded?: boolean;
  /** In the hierarchy of groups and spans, from 1. */
  level?: number;
}

interface GridProps {
  label: string;
  columns: readonly GridColumn[];
  sort: GridSort;
  onSort: (sort: GridSort) => void;
  rowCount: number;
  renderRow: (index: number) => GridRow | undefined;
  onOpen: (index: number) => void;
  /** Of a row that others belong to: shows or hides them. */
  onExpand?: (index: number, isExpanded: boolean) => void;
  /** A row that is to be in view, when it changes. */
  shownRow?: number | undefined;
}

const rowPx = 28;
const overscanRows = 12;

/** A long table that is in order of one of its columns. One row has the keyboard; heads are buttons that change the order. */
export const Grid = ({ label, columns, sort, onSort, rowCount, renderRow, onOpen, onExpand, shownRow }: GridProps) => {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeRow, setActive] = useState(shownRow ?? 0);
  const active = Math.max(0, Math.min(rowCount - 1, activeRow));
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: overscanRows,
    scrollPaddingStart: rowPx,
  });
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after a view was left by a key.
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, []);
  const latest = useRef(virtual);
  useEffect(() => {
    latest.current = virtual;
  });
  useEffect(() => {
    if (shownRow === undefined || shownRow < 0) return;
    setActive(shownRow);
    latest.current.scrollToIndex(shownRow, { align: 'auto' });
  }, [shownRow]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || rowCount === 0) return;
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
    const next = listStep(event.key, active, rowCount, pageRows);
    if (next !== undefined) {
      setActive(next);
      virtual.scrollToIndex(next);
    } else if (event.key === 'Enter') onOpen(active);
    else if (onExpand !== undefined && (event.key === 'ArrowRight' || event.key === 'ArrowLeft'))
      onExpand(active, event.key === 'ArrowRight');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const template = columns.map(({ width }) => width).join(' ');
  const leastPx = columns.reduce((sum, column) => sum + column.leastPx + columnGapPx, columnGapPx);
  return (
    // A grid or, where groups open, a tree grid.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={scroller}
      className={styles['grid']}
      role={onExpand === undefined ? 'grid' : 'treegrid'}
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={rowCount === 0 ? undefined : `${id}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ '--grid-columns': template, '--grid-least': `${leastPx}px` }}
    >
      <div role="rowgroup" className={styles['head']}>
        <div role="row" aria-rowindex={1} className={styles['cells']}>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const content = renderRow(index);
          if (content === undefined) return undefined;
          return (
            // Keys are the grid's, which has the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={content.key}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={content.isSelected ?? false}
              aria-expanded={content.isExpanded}
              aria-level={onExpand === undefined ? undefined : content.level}
              data-active={index === active || undefined}
              data-level={content.level}
              tabIndex={-1}
              className={styles['row']}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index);
                onOpen(index);
              }}
            >
              {columns.map((column, at) => (
                <span key={column.id} role="gridcell" className={column.isNumber === true ? styles['number'] : styles['cell']}>
                  {content.cells[at]}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
};

/** As in `Grid.module.css`, where the margins have it too. */
const columnGapPx = 8;

const HeadCell = ({ column, sort, onSort }: { column: GridColumn } & Pick<GridProps, 'sort' | 'onSort'>) => {
  const isSorted = sort.column === column.id;
  // Numbers are looked at for their largest, names from A on.
  const isDescending = isSorted ? !sort.isDescending : column.isNumber === true;
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
      className={column.isNumber === true ? styles['number'] : styles['cell']}
    >
      <button type="button" className={styles['sort']} title={column.title} onClick={() => onSort({ column: column.id, isDescending })}>
        <span className={styles['headText']}>{column.label}</span>
        {!isSorted ? undefined : sort.isDescending ? <ArrowDown size={11} aria-hidden /> : <ArrowUp size={11} aria-hidden />}
      </button>
    </span>
  );
};
