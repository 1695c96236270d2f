import { type KeyboardEvent, type MouseEvent, type Ref, useSyncExternalStore } from 'react';
import { type RowRange, rowAt } from '#ui/canvas/rows-in-view.ts';
import type { TimelineRows } from '#ui/model/timeline-rows.ts';
import type { Trace } from '#proto/analysis/trace';
import { rowHeightPx } from './geometry.ts';
import { NameRow, rowId } from './NameRow.tsx';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';

interface NameColumnProps {
  ref: Ref<HTMLDivElement>;
  trace: Trace;
  rows: TimelineRows;
  collapsed: Uint8Array;
  range: RowRange;
  selected: number | undefined;
  cursor: number;
  store: TimelineStore;
  onSelect: (span: number) => void;
  onToggle: (span: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * The names, as a tree that a screen reader and the keyboard can walk. Only the rows of `range` exist, and the one that the keyboard is on, wherever it is: the tree keeps the
 * focus and names that row as its active descendant, so scrolling it away loses nothing.
 */
export const NameColumn = ({
  ref,
  trace,
  rows,
  collapsed,
  range,
  selected,
  cursor,
  store,
  onSelect,
  onToggle,
  onKeyDown,
}: NameColumnProps) => {
  const hoveredRow = useSyncExternalStore(store.subscribe, () => store.view.hover?.row);
  const cursorRow = rows.rowOf[cursor] ?? 0;
  const shown = Array.from({ length: range.end - range.first }, (_, index) => range.first + index);
  if (cursorRow < range.first) shown.unshift(cursorRow);
  else if (cursorRow >= range.end && cursorRow < rows.spans.length) shown.push(cursorRow);

  const spanUnder = (event: MouseEvent<HTMLElement>): number | undefined => {
    const row = rowAt(event.clientY - event.currentTarget.getBoundingClientRect().top, rowHeightPx, rows.spans.length);
    return row === undefined ? undefined : rows.spans[row];
  };
  return (
    <div
      ref={ref}
      className={styles['names']}
      role="tree"
      aria-label="Spans"
      tabIndex={0}
      aria-activedescendant={rowId(trace.spanId.at(cursor))}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const span = spanUnder(event);
        if (span === undefined) return;
        if (isOnTwisty(event.target)) onToggle(span);
        else onSelect(span);
      }}
      onDoubleClick={(event) => {
        const span = spanUnder(event);
        if (span !== undefined && !isOnTwisty(event.target)) store.showSpan(span);
      }}
    >
      {shown.map((row) => {
        const span = rows.spans[row] ?? 0;
        return (
          <NameRow
            key={trace.spanId.at(span)}
            trace={trace}
            span={span}
            row={row}
            isCollapsed={collapsed[span] === 1}
            isSelected={span === selected}
            isCursor={span === cursor}
            isHovered={row === hoveredRow}
          />
        );
      })}
    </div>
  );
};

const isOnTwisty = (target: EventTarget): boolean => target instanceof Element && target.closest('[data-twisty]') !== null;
