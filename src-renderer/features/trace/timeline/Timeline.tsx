import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Collapse, collapsedSpans, nothingCollapsed, reveal, toggle } from '#ui/model/collapse.ts';
import { isVisible, nextError, visibleRows } from '#ui/model/timeline-rows.ts';
import type { Trace } from '#proto/analysis/trace';
import { treeMove } from '#ui/model/tree-keys.ts';
import { AxisCanvas } from './AxisCanvas.tsx';
import { BarsCanvas } from './BarsCanvas.tsx';
import { ColumnHandle, useNamesWidth } from './ColumnHandle.tsx';
import { headHeightPx, rowHeightPx } from './geometry.ts';
import { NameColumn } from './NameColumn.tsx';
import { OverviewCanvas } from './OverviewCanvas.tsx';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { useRowRange } from './use-row-range.ts';
import { useScrollToSpan } from './use-scroll-to-span.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { useWheel } from './use-wheel.ts';

interface TimelineProps {
  trace: Trace;
  /** Zoom and pointer; kept by the view around this one, so that a look at the logs loses nothing. */
  store: TimelineStore;
  selected: number | undefined;
  collapse: Collapse;
  onCollapse: (collapse: Collapse) => void;
  /** `isStep`: one of many in a row, by keyboard, which needs no place of its own in the history. */
  onSelect: (span: number, isStep: boolean) => void;
  /** Closes the inspector; undefined while it is closed. */
  onClose: (() => void) | undefined;
}

/** One trace as a tree of names beside bars against time, with an overview and an axis above. */
export const Timeline = ({ trace, store, selected, collapse, onCollapse, onSelect, onClose }: TimelineProps) => {
  useLayoutEffect(() => store.setTrace(trace), [store, trace]);

  const collapsed = useMemo(() => collapsedSpans(trace, collapse), [trace, collapse]);
  const rows = useMemo(() => visibleRows(trace.tree, collapsed), [trace, collapsed]);
  const scroller = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const overview = useRef<HTMLDivElement>(null);
  const range = useRowRange(scroller, rows.spans.length);
  const [namesWidthPx, setNamesWidthPx] = useNamesWidth();

  // By id, because the place in tree order shifts when late spans arrive; a folded span's ancestor stands for it.
  const [cursorId, setCursorId] = useState<string>();
  const wanted = trace.spanId.indexOf(cursorId ?? '') ?? selected ?? 0;
  const cursor = rows.spans[rows.rowOf[wanted] ?? 0] ?? 0;

  useSteadyScroll(scroller, trace, rows);
  useWheel(scroller, overview, store);
  const scrollTo = useScrollToSpan(scroller, trace, rows);

  const selectedId = selected === undefined ? undefined : trace.spanId.at(selected);
  const reach = useRef({ trace, rows, collapse, selected, onCollapse });
  useLayoutEffect(() => {
    reach.current = { trace, rows, collapse, selected, onCollapse };
  });
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after a view was opened or closed, and then arrow keys go on from here.
    if (document.activeElement === document.body) names.current?.focus({ preventScroll: true });
    const { current } = reach;
    if (selectedId === undefined || current.selected === undefined) return;
    setCursorId(selectedId);
    if (!isVisible(current.rows, current.selected)) current.onCollapse(reveal(current.trace, current.collapse, current.selected));
    scrollTo(selectedId);
  }, [selectedId, scrollTo]);

  const moveTo = (span: number): void => {
    const id = trace.spanId.at(span);
    setCursorId(id);
    if (selected !== undefined) onSelect(span, true);
    if (!isVisible(rows, span)) onCollapse(reveal(trace, collapse, span));
    scrollTo(id);
  };
  const select = (span: number): void => {
    setCursorId(trace.spanId.at(span));
    onSelect(span, false);
    names.current?.focus({ preventScroll: true });
  };
  const fold = (span: number): void => onCollapse(toggle(collapse, trace.spanId.at(span)));
  const goToError = (step: 1 | -1): void => {
    const span = nextError(trace.isError, wanted, step);
    if (span !== undefined) moveTo(span);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeightPx) / rowHeightPx) - 1);
    const move = treeMove(event.key, { tree: trace.tree, rows, collapsed, cursor, pageRows });
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'move') moveTo(move.span);
    else if (move.kind === 'toggle') fold(move.span);
    else if (move.kind === 'open') select(move.span);
    else onCollapse(nothingCollapsed);
  };

  useTimelineKeys({ store, cursor, goToError, onCollapse, onClose });

  return (
    <div className={styles['timeline']} style={{ '--names': `${namesWidthPx}px` }}>
      <div ref={scroller} className={styles['scroller']} tabIndex={-1}>
        <div className={styles['head']}>
          <TimelineToolbar trace={trace} store={store} onError={goToError} onCollapse={onCollapse} />
          <div ref={overview} className={styles['scales']}>
            <OverviewCanvas trace={trace} store={store} />
            <AxisCanvas trace={trace} store={store} selected={selected} />
          </div>
        </div>
        <div className={styles['body']} style={{ height: rows.spans.length * rowHeightPx }}>
          <NameColumn
            ref={names}
            trace={trace}
            rows={rows}
            collapsed={collapsed}
            range={range}
            selected={selected}
            cursor={cursor}
            store={store}
            onSelect={select}
            onToggle={fold}
            onKeyDown={onKeyDown}
          />
          <BarsCanvas scene={{ trace, rows, selected }} store={store} scroller={scroller} onSelect={select} />
        </div>
      </div>
      <ColumnHandle widthPx={namesWidthPx} onResize={setNamesWidthPx} />
    </div>
  );
};
