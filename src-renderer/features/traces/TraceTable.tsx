import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { TraceSummary } from '#proto/bridge/shapes';
import { plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { ListFrame } from '#ui/components/ListFrame.tsx';
import { NewRows } from '#ui/components/NewRows.tsx';
import type { ListPlace } from '#ui/state/list-places.ts';
import { useHold } from '#ui/state/use-hold.ts';
import { useListKeys } from '#ui/state/use-list-keys.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { barScaleEnd } from './duration-bar.ts';
import { TraceRow } from './TraceRow.tsx';
import styles from './TraceTable.module.css';
import { useRowFocus } from './use-row-focus.ts';

const rowPx = 28;
/** The head stays above the rows, within the scroller. */
const headPx = 26;
const overscanRows = 12;
/** Rows before the end at which the next page is asked for. */
const loadAheadRows = 30;

export interface TraceTableHandle {
  /** A person is looking at rows, which must therefore not move. */
  isHeld: () => boolean;
  /** Index of the first and the last. */
  rowsInView: () => [first: number, last: number];
  place: () => ListPlace;
  focusFirst: () => void;
}

interface TraceTableProps {
  traces: readonly TraceSummary[];
  isStale: boolean;
  hasMore: boolean;
  isFull: boolean;
  onNearEnd: () => void;
  waiting: { count: number; isAtLeast: boolean };
  onShowWaiting: () => void;
  onFilterService: (name: string) => void;
  /** Ids of those that are to be compared. */
  chosen: readonly string[];
  onChoose: (traceId: string) => void;
  /** Goes on where the list ends before what is stored does. */
  onOlder: () => void;
  startAt: ListPlace | undefined;
  ref: Ref<TraceTableHandle>;
}

/** The virtual list of traces. A table to a screen reader, each row of which holds one real link; one row is in the tab order, the one last looked at. */
export const TraceTable = ({
  traces,
  isStale,
  hasMore,
  isFull,
  onNearEnd,
  waiting,
  onShowWaiting,
  onFilterService,
  chosen,
  onChoose,
  onOlder,
  startAt,
  ref,
}: TraceTableProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState(startAt?.activeId);
  const activeIndex = useMemo(
    () =>
      Math.max(
        0,
        traces.findIndex(({ traceId }) => traceId === activeId),
      ),
    [traces, activeId],
  );
  const rows = useVirtualizer({
    count: traces.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: overscanRows,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    initialOffset: startAt?.offsetPx ?? 0,
    getItemKey: (index) => traces[index]?.traceId ?? index,
    // The active row stays in the document, so that focus is not lost when it scrolls out of sight.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...(activeIndex < range.count ? [activeIndex] : [])])].toSorted((a, b) => a - b),
  });

  const focusRow = useRowFocus({ traces, rows, scroller, onActivate: setActiveId });
  const hasFocus = (): boolean => scroller.current?.contains(document.activeElement) === true;
  useListKeys({
    rowCount: traces.length,
    active: () => (hasFocus() || activeId !== undefined ? activeIndex : -1),
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2),
    onMove: focusRow,
  });
  useShortcuts([
    {
      keys: 'x',
      label: 'Choose the row for comparison',
      group: 'Lists',
      run: () => {
        const trace = traces[activeIndex];
        if (trace !== undefined) onChoose(trace.traceId);
      },
    },
  ]);
  const hold = useHold({
    scroller,
    isReading: () => activeIndex > 0 && hasFocus(),
    waitingCount: waiting.count,
    onLetGo: onShowWaiting,
  });
  useImperativeHandle(ref, () => ({
    isHeld: hold.isHeld,
    rowsInView: () => [rows.range?.startIndex ?? 0, rows.range?.endIndex ?? 0],
    place: () => ({ offsetPx: scroller.current?.scrollTop ?? 0, activeId }),
    focusFirst: () => focusRow(0),
  }));
  useEffect(() => {
    if (startAt?.activeId !== undefined && scroller.current?.isConnected === true) focusRow(activeIndex);
    // Once: going back puts the focus where it was, later renders leave it alone.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const lastIndex = rows.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && !isStale && lastIndex >= traces.length - loadAheadRows) onNearEnd();
  });

  const longestNs = barScaleEnd(traces.reduce((longest, { durationNano }) => Math.max(longest, Number(durationNano)), 0));
  const servicesPx = useServicesWidth(scroller);
  return (
    <ListFrame
      ref={scroller}
      hold={hold}
      isStale={isStale}
      end={isFull ? <EndOfList count={traces.length} onOlder={onOlder} /> : undefined}
    >
      <div role="table" aria-label="Traces" aria-rowcount={hasMore || isFull ? -1 : traces.length + 1} aria-busy={isStale}>
        <TableHead scaleEndNs={longestNs}>
          <NewRows
            waiting={waiting}
            onShow={() => {
              setActiveId(undefined);
              scroller.current?.scrollTo({ top: 0 });
              onShowWaiting();
            }}
          />
        </TableHead>
        <div role="rowgroup" className={styles['rows']} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const trace = traces[index];
            return trace === undefined ? undefined : (
              <TraceRow
                key={key}
                trace={trace}
                index={index}
                topPx={start - headPx}
                isActive={index === activeIndex}
                longestNs={longestNs}
                servicesPx={servicesPx}
                onActivate={setActiveId}
                onFilterService={onFilterService}
                isChosen={chosen.includes(trace.traceId)}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      </div>
    </ListFrame>
  );
};

const EndOfList = ({ count, onOlder }: { count: number; onOlder: () => void }) => (
  <>
    The list ends after {plural(count, 'trace')}, and more are stored. <Button onClick={onOlder}>Go on with older ones</Button>
  </>
);

/** `children`: how much is new. */
const TableHead = ({ scaleEndNs, children }: { scaleEndNs: number; children: ReactNode }) => (
  <div role="rowgroup" className={styles['head']}>
    <div role="row" aria-rowindex={1} className={styles['row']}>
      <span role="columnheader" className={styles['trace']}>
        Trace
        {children}
      </span>
      <span role="columnheader" className={styles['duration']} title={`Bars end at ${formatDuration(scaleEndNs)}, by square root`}>
        Duration
      </span>
      <span role="columnheader" className={styles['number']}>
        Spans
      </span>
      <span role="columnheader" className={styles['number']}>
        Errors
      </span>
      <span role="columnheader" className={styles['services']} data-services-head>
        Other services
      </span>
      <span role="columnheader" className={styles['when']}>
        Arrived
      </span>
    </div>
  </div>
);

/** The width of the services column, which decides how many names fit. */
const useServicesWidth = (scroller: { readonly current: HTMLElement | null }): number => {
  const [widthPx, setWidthPx] = useState(200);
  useEffect(() => {
    const head = scroller.current?.querySelector('[data-services-head]');
    if (head === null || head === undefined) return;
    const observer = new ResizeObserver(([entry]) => setWidthPx(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(head);
    return () => observer.disconnect();
  }, [scroller]);
  return widthPx;
};
