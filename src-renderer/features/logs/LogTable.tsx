import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { ListFrame } from '#ui/components/ListFrame.tsx';
import { NewRows } from '#ui/components/NewRows.tsx';
import type { ListPlace } from '#ui/state/list-places.ts';
import { useHold } from '#ui/state/use-hold.ts';
import { useListKeys } from '#ui/state/use-list-keys.ts';
import { type ListRow, withDays } from './list-rows.ts';
import { LogRow } from './LogRow.tsx';
import styles from './LogTable.module.css';
import { useFollowEnd } from './use-follow-end.ts';
import { useLineFocus } from './use-line-focus.ts';

const rowPx = 28;
const overscanRows = 12;
/** Rows before the end at which the next page is asked for. */
const loadAheadRows = 40;

export interface LogTableHandle {
  /** A person is looking at lines, which must therefore not move. */
  isHeld: () => boolean;
  focusFirst: () => void;
  /** The line that keys are about, where it is not opened. */
  activeLog: () => LogItem | undefined;
  place: () => ListPlace;
}

interface LogTableProps {
  logs: readonly LogItem[];
  order: 'newest' | 'oldest';
  isStale: boolean;
  hasMore: boolean;
  isFull: boolean;
  onNearEnd: () => void;
  waiting: { count: number; isAtLeast: boolean };
  onShowWaiting: () => void;
  selectedId: string | undefined;
  onOpen: (id: string) => void;
  isWrapped: boolean;
  startAt: ListPlace | undefined;
  ref: Ref<LogTableHandle>;
}

/** The virtual list of log lines: a grid to a screen reader, whose rows take the focus; one is in the tab order, the one last looked at. */
export const LogTable = ({
  logs,
  order,
  isStale,
  hasMore,
  isFull,
  onNearEnd,
  waiting,
  onShowWaiting,
  selectedId,
  onOpen,
  isWrapped,
  startAt,
  ref,
}: LogTableProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState(startAt?.activeId ?? selectedId);
  const rows = useMemo(() => withDays(logs, Date.now()), [logs]);
  const activeIndex = useMemo(() => rows.findIndex((row) => row.kind === 'log' && row.log.id === activeId), [rows, activeId]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: overscanRows,
    initialOffset: startAt?.offsetPx ?? 0,
    getItemKey: (index) => keyOf(rows[index], index),
    // The active row stays in the document, so that focus is not lost when it scrolls out of sight.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...(activeIndex >= 0 && activeIndex < range.count ? [activeIndex] : [])])].toSorted(
        (a, b) => a - b,
      ),
  });

  const { focusLine, activeLine } = useLineFocus({
    logs,
    rows,
    activeId,
    scroller,
    virtual,
    onActivate: setActiveId,
    onOpen,
    isInspecting: selectedId !== undefined,
    firstAlign: startAt === undefined ? 'center' : 'auto',
  });
  useListKeys({
    rowCount: logs.length,
    active: () => activeLine,
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2),
    onMove: focusLine,
  });
  const hold = useHold({
    scroller,
    isReading: () => selectedId !== undefined || (activeLine > 0 && scroller.current?.contains(document.activeElement) === true),
    waitingCount: waiting.count,
    onLetGo: onShowWaiting,
  });
  useImperativeHandle(ref, () => ({
    isHeld: hold.isHeld,
    focusFirst: () => focusLine(0),
    activeLog: () => logs[activeLine],
    place: () => ({ offsetPx: scroller.current?.scrollTop ?? 0, activeId }),
  }));

  const lastIndex = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && !isStale && lastIndex >= rows.length - loadAheadRows) onNearEnd();
  });
  useFollowEnd({ isOn: order === 'oldest' && !hasMore && selectedId === undefined, rowCount: rows.length, lastShown: lastIndex, virtual });
  useEffect(() => virtual.measure(), [isWrapped, virtual]);

  const measure = isWrapped ? virtual.measureElement : undefined;
  return (
    <ListFrame
      ref={scroller}
      hold={hold}
      isStale={isStale}
      end={isFull ? 'The list ends here, though more is stored. Search to see the rest.' : undefined}
    >
      <div role="grid" aria-label="Log lines" aria-rowcount={hasMore || isFull ? -1 : rows.length + 1} aria-busy={isStale}>
        <TableHead>
          <NewRows
            waiting={waiting}
            onShow={() => {
              setActiveId(undefined);
              scroller.current?.scrollTo({ top: 0 });
              onShowWaiting();
            }}
          />
        </TableHead>
        <div role="rowgroup" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            if (row === undefined) return undefined;
            if (row.kind === 'day') return <DayRow key={key} index={index} topPx={start} label={row.label} />;
            return (
              <LogRow
                key={key}
                log={row.log}
                index={index}
                topPx={start}
                isSelected={row.log.id === selectedId}
                isActive={index === activeIndex || (activeIndex === -1 && row.log === logs[0])}
                isWrapped={isWrapped}
                measure={measure}
                onActivate={setActiveId}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </ListFrame>
  );
};

const keyOf = (row: ListRow | undefined, index: number): string | number =>
  row === undefined ? index : row.kind === 'day' ? row.key : row.log.id;

/** `children`: how much is new, where it covers nothing. */
const TableHead = ({ children }: { children: ReactNode }) => (
  <div role="rowgroup" className={styles['head']}>
    <div role="row" aria-rowindex={1} className={styles['headRow']}>
      <span role="columnheader">Time</span>
      <span role="columnheader">Level</span>
      <span role="columnheader">Service</span>
      <span role="columnheader" className={styles['messageHead']}>
        Message
        {children}
      </span>
      <span role="columnheader" className={styles['traceHead']}>
        Trace
      </span>
    </div>
  </div>
);

const DayRow = ({ index, topPx, label }: { index: number; topPx: number; label: string }) => (
  <div role="row" aria-rowindex={index + 2} className={styles['day']} style={{ transform: `translateY(${topPx}px)` }}>
    <span role="gridcell" aria-colspan={5}>
      {label}
    </span>
  </div>
);
