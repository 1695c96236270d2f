import { nothingCollapsed } from '#ui/model/collapse.ts';
import type { Shortcut } from '#ui/state/shortcuts.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import type { TimelineActions } from './use-timeline-actions.ts';
import type { TimelineStore } from './timeline-store.ts';
import type { Navigation } from './use-navigation.ts';

interface TimelineKeys {
  store: TimelineStore;
  navigation: Navigation;
  actions: TimelineActions;
  onFind: () => void;
  /** To the row that the keyboard is on. */
  onZoomTo: () => void;
}

const group = 'Timeline';
const zoomStep = 0.7;
/** Share of the width that one press pans by. */
const panStep = 0.2;
const levels = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The timeline's keys that work wherever the focus is. Arrow keys belong to the tree of names (`model/tree-keys.ts`). */
export const useTimelineKeys = ({ store, navigation, actions, onFind, onZoomTo }: TimelineKeys): void => {
  const pan = (share: number): void => store.pan(share * store.view.widthPx);
  const shortcuts: Shortcut[] = [
    { keys: 'f', label: 'Find in the trace', group, run: onFind },
    { keys: 'Mod+f', label: 'Find in the trace', group, unlisted: true, run: onFind },
    { keys: 'n', label: 'Next match', group, run: () => navigation.goToMatch(1) },
    { keys: 'N', label: 'Previous match', group, run: () => navigation.goToMatch(-1) },
    { keys: 'e', label: 'Next error', group, run: () => navigation.goToError(1) },
    { keys: 'E', label: 'Previous error', group, run: () => navigation.goToError(-1) },
    { keys: 'c', label: 'Critical path', group, run: actions.showCritical },
    { keys: 'x', label: 'Fold similar spans', group, run: actions.foldRuns },
    { keys: 'k', label: 'Adjust clocks', group, run: actions.adjustClocks },
    { keys: 'r', label: 'Show only the span and what is below it', group, run: () => actions.setRoot(navigation.cursor) },
    { keys: 'R', label: 'Back to the whole trace', group, run: () => actions.setRoot(undefined) },
    { keys: 'z', label: 'Zoom to the span', group, run: onZoomTo },
    { keys: '0', label: 'Show all of its time', group, run: () => store.showAll() },
    { keys: 'w', label: 'Zoom in', group, run: () => store.zoom(zoomStep) },
    { keys: 's', label: 'Zoom out', group, run: () => store.zoom(1 / zoomStep) },
    { keys: 'a', label: 'Pan to earlier', group, run: () => pan(-panStep) },
    { keys: 'd', label: 'Pan to later', group, run: () => pan(panStep) },
    { keys: '*', label: 'Unfold everything', group, run: () => actions.collapse(nothingCollapsed) },
    ...levels.map((level) => ({
      keys: level,
      label: `Unfold ${level === '1' ? '1 level' : `${level} levels`}`,
      group,
      unlisted: Number(level) > 2,
      run: () => actions.collapse({ fromDepth: Number(level) - 1, toggled: [] }),
    })),
    { keys: 'Escape', label: 'Close the span, zoom out, leave the part', group, run: actions.leave },
  ];
  useShortcuts(shortcuts);
};
