import { hasChildren } from '#proto/analysis/span-tree';
import type { Trace } from '#proto/analysis/trace';
import { type Collapse, toggle } from '#ui/model/collapse.ts';
import { type RunFolding, toggleRun } from '#ui/model/similar-runs.ts';
import { searchOf } from '../trace-search.ts';
import type { TabProps } from '../trace-tab.ts';
import type { Scene } from './scene.ts';
import type { TimelineStore } from './timeline-store.ts';
import { searchOfRuns } from './timeline-search.ts';
import type { KeptOpen } from './use-kept-open.ts';

interface ActionsState extends Pick<TabProps, 'search' | 'onSearch' | 'onClose'> {
  /** As sent. */
  trace: Trace;
  scene: Scene;
  keptOpen: KeptOpen;
  collapse: Collapse;
  folding: RunFolding;
  store: TimelineStore;
  focusRows: () => void;
}

/** What a person can do to a timeline, by pointer, key or button: most of it is a change of the address. */
export interface TimelineActions {
  collapse: (collapse: Collapse) => void;
  toggle: (span: number) => void;
  toggleRun: (run: number) => void;
  foldRuns: () => void;
  showCritical: () => void;
  adjustClocks: () => void;
  /** Makes a span the top of the timeline; undefined for the whole trace. */
  setRoot: (root: number | undefined) => void;
  /** Closes the inspector, else zooms out, else leaves the part. */
  leave: () => void;
}

export const useTimelineActions = (state: ActionsState): TimelineActions => {
  const { trace, scene, keptOpen, collapse, folding, search, store, onSearch, onClose, focusRows } = state;
  const setCollapse = (next: Collapse): void => onSearch(searchOf(next), true);
  const setRoot = (root: number | undefined): void => {
    if (root !== undefined && (root === scene.scope.root || !hasChildren(trace.tree, root))) return;
    onSearch({ root: root === undefined ? undefined : trace.spanId.at(root) }, false);
    focusRows();
  };
  return {
    collapse: setCollapse,
    toggle: (span) => setCollapse(toggle(collapse, trace.spanId.at(span))),
    toggleRun: (run) => {
      const isReleased = keptOpen.release(run);
      const toggled = toggleRun(trace, scene.runs, folding, run);
      // One that was kept open is folded by letting it go, unless the address names it as well.
      if (!isReleased || toggled.length < folding.length) onSearch(searchOfRuns(toggled), true);
    },
    foldRuns: () => {
      if (scene.runs.first.length > 0) onSearch({ runs: folding === 'none' ? undefined : 'none' }, false);
    },
    showCritical: () => onSearch({ path: search.path === undefined ? 'critical' : undefined }, false),
    adjustClocks: () => {
      if (scene.isAdjusted || scene.skew.services.length > 0) onSearch({ clocks: scene.isAdjusted ? undefined : 'adjusted' }, false);
    },
    setRoot,
    leave: () => {
      if (onClose !== undefined) onClose();
      else if (store.isZoomed || scene.scope.root === undefined) store.showAll();
      else setRoot(undefined);
    },
  };
};
