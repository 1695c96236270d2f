import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Trace } from '#proto/analysis/trace';
import { type Collapse, reveal } from '#ui/model/collapse.ts';
import { nextFound } from '#ui/model/find-spans.ts';
import { openRunsAt, type RunFolding } from '#ui/model/similar-runs.ts';
import { isVisible, nextError } from '#ui/model/timeline-rows.ts';
import { isInScope } from '#ui/model/timeline-scope.ts';
import { searchOf, type TraceSearch } from '../trace-search.ts';
import type { Scene } from './scene.ts';
import { searchOfRuns } from './timeline-search.ts';
import { useScrollToSpan } from './use-scroll-to-span.ts';

interface NavigationState {
  /** As sent. */
  trace: Trace;
  scene: Scene;
  collapse: Collapse;
  folding: RunFolding;
  selected: number | undefined;
  onSearch: (part: Partial<TraceSearch>, isStep: boolean) => void;
}

export interface Navigation {
  /** The span that the keyboard is on; of a folded run the first one. */
  cursor: number;
  cursorRow: number;
  /** Goes to a span wherever it is: unfolds what hides it, and brings it into view. The inspector follows where it is open. */
  moveTo: (span: number) => void;
  moveToRow: (row: number) => void;
  select: (span: number) => void;
  goToError: (step: 1 | -1) => void;
  goToMatch: (step: 1 | -1) => void;
}

/** Where the keyboard is in a timeline, and how it gets elsewhere. */
export const useNavigation = (
  state: NavigationState,
  scroller: RefObject<HTMLDivElement | null>,
  names: RefObject<HTMLDivElement | null>,
): Navigation => {
  const { trace, scene, selected, onSearch } = state;
  const { rows, scope } = scene;
  // By id, because the place in tree order shifts when late spans arrive; what hides a span stands for it.
  const [cursorId, setCursorId] = useState<string>();
  const wanted = trace.spanId.indexOf(cursorId ?? '') ?? selected ?? scope.first;
  const cursorRow = Math.max(0, rows.rowOf[wanted] ?? 0);
  const cursor = rows.spans[cursorRow] ?? 0;
  const scrollTo = useScrollToSpan(scroller, trace, rows);

  const selectedId = selected === undefined ? undefined : trace.spanId.at(selected);
  const latest = useRef(state);
  useLayoutEffect(() => {
    latest.current = state;
  });
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after a view was opened or closed, and then arrow keys go on from here.
    if (document.activeElement === document.body) names.current?.focus({ preventScroll: true });
    const { current } = latest;
    if (selectedId === undefined || current.selected === undefined) return;
    setCursorId(selectedId);
    const shown = showing(current, current.selected);
    if (shown !== undefined) current.onSearch(shown, true);
    scrollTo(selectedId);
  }, [selectedId, scrollTo, names]);

  const moveTo = (span: number): void => {
    const id = trace.spanId.at(span);
    setCursorId(id);
    const part = { ...(selected === undefined ? {} : { span: id }), ...showing(state, span) };
    if (Object.keys(part).length > 0) onSearch(part, true);
    scrollTo(id);
  };
  const moveToRow = (row: number): void => {
    const span = rows.spans[row] ?? 0;
    if (rows.runs[row] === -1) moveTo(span);
    else {
      setCursorId(trace.spanId.at(span));
      scrollTo(trace.spanId.at(span));
    }
  };
  const select = (span: number): void => {
    const id = trace.spanId.at(span);
    setCursorId(id);
    onSearch({ span: id }, id === selectedId);
    names.current?.focus({ preventScroll: true });
  };
  const step = (to: number | undefined): void => {
    if (to !== undefined) moveTo(to);
  };
  return {
    cursor,
    cursorRow,
    moveTo,
    moveToRow,
    select,
    goToError: (by) => step(nextError(trace.isError, wanted, by, scope)),
    goToMatch: (by) => step(scene.found === undefined ? undefined : nextFound(scene.found, wanted, by, scope)),
  };
};

/** What has to change for a span to have a row of its own; undefined where it has one. */
const showing = ({ trace, scene, collapse, folding }: NavigationState, span: number): Partial<TraceSearch> | undefined => {
  if (isVisible(scene.rows, span)) return undefined;
  return {
    ...searchOf(reveal(trace, collapse, span)),
    ...searchOfRuns(openRunsAt(trace, scene.runs, folding, span)),
    ...(isInScope(scene.scope, span) ? {} : { root: undefined }),
  };
};
