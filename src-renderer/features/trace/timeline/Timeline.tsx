import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { hasChildren } from '#proto/analysis/span-tree';
import { type Collapse, nothingCollapsed, toggle } from '#ui/model/collapse.ts';
import { toggleRun } from '#ui/model/similar-runs.ts';
import { treeMove } from '#ui/model/tree-keys.ts';
import { collapseOf, searchOf } from '../trace-search.ts';
import type { TabProps } from '../trace-tab.ts';
import { useIsLate } from '../use-trace.ts';
import { AxisCanvas } from './AxisCanvas.tsx';
import { BarsCanvas } from './BarsCanvas.tsx';
import { ColumnHandle, useNamesWidth } from './ColumnHandle.tsx';
import { FindBox } from './FindBox.tsx';
import { headHeightPx, rowHeightPx } from './geometry.ts';
import { NameColumn, type RowAct } from './NameColumn.tsx';
import { OverviewCanvas } from './OverviewCanvas.tsx';
import { timeOfRow } from './scene.ts';
import { SpanCard } from './SpanCard.tsx';
import styles from './Timeline.module.css';
import { TimelineBar } from './TimelineBar.tsx';
import { TimelineNotes } from './TimelineNotes.tsx';
import type { TimelineStore } from './timeline-store.ts';
import { runFoldingOf, searchOfRuns } from './timeline-search.ts';
import { TimelineToolbar } from './TimelineToolbar.tsx';
import { useFindText } from './use-find-text.ts';
import { useNavigation } from './use-navigation.ts';
import { useRowRange } from './use-row-range.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { useTimelineScene } from './use-timeline-scene.ts';
import { useWheel } from './use-wheel.ts';

interface TimelineProps extends Pick<TabProps, 'trace' | 'search' | 'onSearch' | 'selected' | 'onClose'> {
  /** Zoom and pointer; kept by the view around this one, so that a look at the logs loses nothing. */
  store: TimelineStore;
}

/** One trace as a tree of names beside bars against time, with an overview and an axis above. */
export const Timeline = ({ trace, store, selected, search, onSearch, onClose }: TimelineProps) => {
  const { depth, folds, runs } = search;
  const collapse = useMemo(() => collapseOf({ depth, folds }), [depth, folds]);
  const folding = useMemo(() => runFoldingOf({ runs }), [runs]);
  const find = useFindText(search.find ?? '', (text) => onSearch({ find: text }, true));
  const scene = useTimelineScene(trace, { collapse, folding, find: find.wanted, search });
  const { rows } = scene;
  useLayoutEffect(() => store.setTrace(scene.trace, scene.scope), [store, scene]);

  const scroller = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const overview = useRef<HTMLDivElement>(null);
  const findBox = useRef<HTMLInputElement>(null);
  const range = useRowRange(scroller, rows.spans.length);
  const [namesWidthPx, setNamesWidthPx] = useNamesWidth();
  const isLate = useIsLate(trace);
  useSteadyScroll(scroller, trace, rows);
  useWheel(scroller, overview, store);
  const navigation = useNavigation({ trace, scene, collapse, folding, selected, onSearch }, scroller, names);
  const { cursor, cursorRow } = navigation;

  const focusRows = (): void => names.current?.focus({ preventScroll: true });
  const onCollapse = (next: Collapse): void => onSearch(searchOf(next), true);
  const onRun = (run: number): void => onSearch(searchOfRuns(toggleRun(trace, scene.runs, folding, run)), true);
  const onRoot = (root: number | undefined): void => {
    if (root !== undefined && (root === scene.scope.root || !hasChildren(trace.tree, root))) return;
    onSearch({ root: root === undefined ? undefined : trace.spanId.at(root) }, false);
    focusRows();
  };
  const onAct = (act: RowAct, row: number): void => {
    const span = rows.spans[row] ?? 0;
    const run = rows.runs[row] ?? -1;
    if (act === 'root') onRoot(span);
    else if (act === 'fold-run') onRun(scene.runs.of[span] ?? -1);
    else if (run >= 0) {
      navigation.moveToRow(row);
      onRun(run);
    } else if (act === 'toggle') onCollapse(toggle(collapse, trace.spanId.at(span)));
    else navigation.select(span);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeightPx) / rowHeightPx) - 1);
    const { collapsed, foldsRuns } = scene;
    const move = treeMove(event.key, { tree: trace.tree, rows, collapsed, runOf: scene.runs.of, foldsRuns, cursor, pageRows });
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'move') navigation.moveToRow(move.row);
    else if (move.kind === 'toggle') onCollapse(toggle(collapse, trace.spanId.at(move.span)));
    else if (move.kind === 'toggle-run') onRun(move.run);
    else if (move.kind === 'open') navigation.select(move.span);
    else onCollapse(nothingCollapsed);
  };

  const onFoldRuns = (): void => {
    if (scene.runs.first.length > 0) onSearch({ runs: folding === 'none' ? undefined : 'none' }, false);
  };
  const onCritical = (): void => onSearch({ path: search.path === undefined ? 'critical' : undefined }, false);
  const onAdjust = (): void => {
    if (scene.isAdjusted || scene.skew.services.length > 0) onSearch({ clocks: scene.isAdjusted ? undefined : 'adjusted' }, false);
  };
  const onEscape = (): void => {
    if (onClose !== undefined) onClose();
    else if (store.isZoomed || scene.scope.root === undefined) store.showAll();
    else onRoot(undefined);
  };
  useTimelineKeys({
    store,
    navigation,
    onCollapse,
    onFind: () => findBox.current?.select(),
    onFoldRuns,
    onCritical,
    onAdjust,
    onRoot,
    onZoomTo: () => store.showAround(timeOfRow(scene, cursorRow)),
    onEscape,
  });

  return (
    <div className={styles['frame']}>
      <TimelineBar scene={scene} onFoldRuns={onFoldRuns} onCritical={onCritical} onAdjust={onAdjust}>
        <FindBox ref={findBox} text={find} scene={scene} cursor={cursor} onStep={navigation.goToMatch} onLeave={focusRows} />
      </TimelineBar>
      <TimelineNotes scene={scene} onRoot={onRoot} />
      <div className={styles['timeline']} style={{ '--names': `${namesWidthPx}px` }}>
        <div ref={scroller} className={styles['scroller']} tabIndex={-1}>
          <div className={styles['head']}>
            <TimelineToolbar scene={scene} store={store} onError={navigation.goToError} onCollapse={onCollapse} />
            <div ref={overview} className={styles['scales']}>
              <OverviewCanvas scene={scene} store={store} />
              <AxisCanvas trace={scene.trace} store={store} selected={selected} />
            </div>
          </div>
          <div className={styles['body']} style={{ height: rows.spans.length * rowHeightPx }}>
            <NameColumn
              ref={names}
              scene={scene}
              range={range}
              selected={selected}
              cursorRow={cursorRow}
              isLate={isLate}
              store={store}
              onAct={onAct}
              onKeyDown={onKeyDown}
            />
            <BarsCanvas scene={scene} selected={selected} store={store} scroller={scroller} onRow={(row) => onAct('row', row)}>
              <SpanCard
                scene={scene}
                store={store}
                viewEndPx={() => (scroller.current?.scrollTop ?? 0) + (scroller.current?.clientHeight ?? 0) - headHeightPx}
              />
            </BarsCanvas>
          </div>
        </div>
        <ColumnHandle widthPx={namesWidthPx} onResize={setNamesWidthPx} />
      </div>
    </div>
  );
};
