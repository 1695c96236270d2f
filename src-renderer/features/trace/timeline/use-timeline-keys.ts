import { type Collapse, nothingCollapsed } from '#ui/model/collapse.ts';
import type { Shortcut } from '#ui/state/shortcuts.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import type { TimelineStore } from './timeline-store.ts';

interface TimelineKeys {
  store: TimelineStore;
  cursor: number;
  goToError: (step: 1 | -1) => void;
  onCollapse: (collapse: Collapse) => void;
  onClose: (() => void) | undefined;
}

const group = 'Timeline';
const zoomStep = 0.7;
/** Share of the width that one press pans by. */
const panStep = 0.2;
const levels = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The timeline's keys that work wherever the focus is. Arrow keys belong to the tree of names (`model/tree-keys.ts`). */
export const useTimelineKeys = ({ store, cursor, goToError, onCollapse, onClose }: TimelineKeys): void => {
  const pan = (share: number): void => store.pan(share * store.view.widthPx);
  const shortcuts: Shortcut[] = [
    { keys: 'e', label: 'Next error', group, run: () => goToError(1) },
    { keys: 'E', label: 'Previous error', group, run: () => goToError(-1) },
    { keys: 'z', label: 'Zoom to the span', group, run: () => store.showSpan(cursor) },
    { keys: '0', label: 'Show the whole trace', group, run: () => store.showAll() },
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
    { keys: 'Escape', label: 'Close the span, then zoom out', group, run: onClose ?? (() => store.showAll()) },
  ];
  useShortcuts(shortcuts);
};
