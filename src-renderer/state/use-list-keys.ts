import { useShortcuts } from './use-shortcuts.ts';

interface ListKeys {
  rowCount: number;
  /** The row that a step starts from; -1 where a step goes to the first. */
  active: () => number;
  pageRows: () => number;
  onMove: (row: number) => void;
}

/** Walks the rows of a list with j and k or the arrow keys; Enter is the row's own. */
export const useListKeys = ({ rowCount, active, pageRows, onMove }: ListKeys): void => {
  const moveTo = (row: number): void => {
    if (rowCount > 0) onMove(Math.max(0, Math.min(rowCount - 1, row)));
  };
  const step = (by: number): void => moveTo(active() === -1 ? 0 : active() + by);
  const group = 'Lists';
  useShortcuts([
    { keys: 'j', label: 'Next row', group, run: () => step(1) },
    { keys: 'k', label: 'Previous row', group, run: () => step(-1) },
    { keys: 'Enter', label: 'Open the row', group },
    { keys: 'ArrowDown', label: 'Next row', group, unlisted: true, run: () => step(1) },
    { keys: 'ArrowUp', label: 'Previous row', group, unlisted: true, run: () => step(-1) },
    { keys: 'PageDown', label: 'A page down', group, unlisted: true, run: () => step(pageRows()) },
    { keys: 'PageUp', label: 'A page up', group, unlisted: true, run: () => step(-pageRows()) },
    { keys: 'g g', label: 'First row', group, run: () => moveTo(0) },
    { keys: 'Home', label: 'First row', group, unlisted: true, run: () => moveTo(0) },
    { keys: 'G', label: 'Last loaded row', group, run: () => moveTo(rowCount - 1) },
    { keys: 'End', label: 'Last loaded row', group, unlisted: true, run: () => moveTo(rowCount - 1) },
  ]);
};
