import { type Collapse, nothingCollapsed } from '#ui/model/collapse.ts';
import type { Shortcut } from '#ui/state/shortcuts.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import type { TimelineStore } from './timeline-store.ts';
import type { Navigation } from './use-navigation.ts';

interface TimelineKeys {
  store: TimelineStore;
  navigation: Navigation;
  onCollapse: (collapse: Collapse) => void;
  onFind: () => void;
  onFoldRuns: () => void;
  onCritical: () => void;
  onAdjust: () => void;
  /** Undefined: the whole trace. */
  onRoot: (root: number | undefined) => void;
  /** To the row that the keyboard is on. */
  onZoomTo: () => void;
  onEscape: () => void;
}

const group = 'Timeline';
const zoomStep = 0.7;
/** Share of the width that one press pans by. */
const panStep = 0.2;
const levels = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The timeline's keys that work wherever the focus is. Arrow keys belong to the tree of names (`model/tree-keys.ts`). */
export const useTimelineKeys = (keys: TimelineKeys): void => {
  const { store, navigation, onCollapse, onFind } = keys;
  const pan = (share: number): void => store.pan(share * store.view.widthPx);
  const shortcuts: Shortcut[] = [
    { keys: 'f', label: 'Find in the trace', group, run: onFind },
    { keys: 'Mod+f', label: 'Find in the trace', group, unlisted: true, run: onFind },
    { keys: 'n', label: 'Next match', group, run: () => navigation.goToMatch(1) },
    { keys: 'N', label: 'Previous match', group, run: () => navigation.goToMatch(-1) },
    { keys: 'e', label: 'Next error', group, run: () => navigation.goToError(1) },
    { keys: 'E', label: 'Previous error', group, run: () => navigation.goToError(-1) },
    { keys: 'c', label: 'Critical path', group, run: keys.onCritical },
    { keys: 'x', label: 'Fold similar spans', group, run: keys.onFoldRuns },
    { keys: 'k', label: 'Adjust clocks', group, run: keys.onAdjust },
    { keys: 'r', label: 'Show only the span and what is below it', group, run: () => keys.onRoot(navigation.cursor) },
    { keys: 'R', label: 'Back to the whole trace', group, run: () => keys.onRoot(undefined) },
    { keys: 'z', label: 'Zoom to the span', group, run: keys.onZoomTo },
    { keys: '0', label: 'Show all of its time', group, run: () => store.showAll() },
    { keys: 'w', label: 'Zoom in', group, run: () => store.zoom(zoomStep) },
    { keys: 's', label: 'Zoom out', group, run: () => store.zoom(1 / zoomStep) },
    { keys: 'a', label: 'Pan to earlier', group, run: () => pan(-panStep) },
    { keys: 'd', label: 'Pan to later', group, run: () => pan(panStep) },
    { keys: '*', label: 'Unfold everything', group, run: () => onCollapse(nothingCollapsed) },
    ...levels.map((level) => ({
      keys: level,
      label: `Unfold ${level === '1' ? '1 level' : `${level} levels`}`,
      group,
      unlisted: Number(level) > 2,
      run: () => onCollapse({ fromDepth: Number(level) - 1, toggled: [] }),
    })),
    { keys: 'Escape', label: 'Close the span, zoom out, leave the part', group, run: keys.onEscape },
  ];
  useShortcuts(shortcuts);
};
