import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { nothingCollapsed } from '#ui/model/collapse.ts';
import { treeMove } from '#ui/model/tree-keys.ts';
import { collapseOf } from '../trace-search.ts';
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
import { useTimelineActions } from './use-timeline-actions.ts';
import { runFoldingOf } from './timeline-search.ts';
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
  const { scene, keptOpen } = useTimelineScene(trace, { collapse, folding, find: find.wanted, search });
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
  const actions = useTimelineActions({ trace, scene, keptOpen, collapse, folding, search, store, onSearch, onClose, focusRows });
  const onAct = (act: RowAct, row: number): void => {
    const span = rows.spans[row] ?? 0;
    const run = rows.runs[row] ?? -1;
    if (act === 'root') actions.setRoot(span);
    else if (act === 'fold-run') actions.toggleRun(scene.runs.of[span] ?? -1);
    else if (run >= 0) {
      navigation.moveToRow(row);
      actions.toggleRun(run);
    } else if (act === 'toggle') actions.toggle(span);
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
    else if (move.kind === 'toggle') actions.toggle(move.span);
    else if (move.kind === 'toggle-run') actions.toggleRun(move.run);
    else if (move.kind === 'open') navigation.select(move.span);
    else actions.collapse(nothingCollapsed);
  };

  useTimelineKeys({
    store,
    navigation,
    actions,
    onFind: () => findBox.current?.select(),
    onZoomTo: () => store.showAround(timeOfRow(scene, cursorRow)),
  });

  return (
    <div className={styles['frame']}>
      <TimelineBar scene={scene} actions={actions}>
        <FindBox ref={findBox} text={find} scene={scene} cursor={cursor} onStep={navigation.goToMatch} onLeave={focusRows} />
      </TimelineBar>
      <TimelineNotes scene={scene} onRoot={actions.setRoot} />
      <div className={styles['timeline']} style={{ '--names': `${namesWidthPx}px` }}>
        <div ref={scroller} className={styles['scroller']} tabIndex={-1}>
          <div className={styles['head']}>
            <TimelineToolbar scene={scene} store={store} onError={navigation.goToError} onCollapse={actions.collapse} />
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
