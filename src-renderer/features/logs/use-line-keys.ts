import { useShortcuts } from '#ui/state/use-shortcuts.ts';

interface LineKeys {
  lineCount: number;
  /** Which line was looked at last; -1 for none. */
  activeLine: number;
  pageLines: () => number;
  onMove: (line: number) => void;
}

/** Walks the lines with j and k or the arrow keys; Enter is the line's own. */
export const useLineKeys = ({ lineCount, activeLine, pageLines, onMove }: LineKeys): void => {
  const moveTo = (line: number): void => {
    if (lineCount > 0) onMove(Math.max(0, Math.min(lineCount - 1, line)));
  };
  const step = (by: number): void => moveTo(activeLine === -1 ? 0 : activeLine + by);
  const group = 'Lists';
  useShortcuts([
    { keys: 'j', label: 'Next row', group, run: () => step(1) },
    { keys: 'k', label: 'Previous row', group, run: () => step(-1) },
    { keys: 'ArrowDown', label: 'Next row', group, unlisted: true, run: () => step(1) },
    { keys: 'ArrowUp', label: 'Previous row', group, unlisted: true, run: () => step(-1) },
    { keys: 'PageDown', label: 'A page down', group, unlisted: true, run: () => step(pageLines()) },
    { keys: 'PageUp', label: 'A page up', group, unlisted: true, run: () => step(-pageLines()) },
    { keys: 'g g', label: 'First row', group, run: () => moveTo(0) },
    { keys: 'Home', label: 'First row', group, unlisted: true, run: () => moveTo(0) },
    { keys: 'G', label: 'Last loaded row', group, run: () => moveTo(lineCount - 1) },
    { keys: 'End', label: 'Last loaded row', group, unlisted: true, run: () => moveTo(lineCount - 1) },
  ]);
};
