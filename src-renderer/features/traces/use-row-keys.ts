import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';
import type { TraceSummary } from '#proto/bridge/shapes';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';

interface RowKeys {
  traces: readonly TraceSummary[];
  activeIndex: number;
  rows: Virtualizer<HTMLDivElement, Element>;
  scroller: { readonly current: HTMLElement | null };
  rowPx: number;
  onActivate: (traceId: string) => void;
}

/** Walks the rows with j and k or the arrow keys; Enter is the link's own. Returns what gives a row the focus, scrolling it into sight. */
export const useRowKeys = ({ traces, activeIndex, rows, scroller, rowPx, onActivate }: RowKeys): ((index: number) => void) => {
  const [wanted, setWanted] = useState<{ index: number }>();
  useEffect(() => {
    if (wanted === undefined) return;
    rows.scrollToIndex(wanted.index, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-row-link="${wanted.index}"]`)?.focus({ preventScroll: true });
  }, [wanted, rows, scroller]);

  const focusRow = (index: number): void => {
    const trace = traces[Math.max(0, Math.min(traces.length - 1, index))];
    if (trace === undefined) return;
    onActivate(trace.traceId);
    setWanted({ index: traces.indexOf(trace) });
  };
  const step = (by: number): void => {
    const isInside = scroller.current?.contains(document.activeElement) === true;
    focusRow(isInside ? activeIndex + by : activeIndex);
  };
  const pageRows = (): number => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
  const group = 'Lists';
  useShortcuts([
    { keys: 'j', label: 'Next row', group, run: () => step(1) },
    { keys: 'k', label: 'Previous row', group, run: () => step(-1) },
    { keys: 'Enter', label: 'Open the row', group },
    { keys: 'ArrowDown', label: 'Next row', group, unlisted: true, run: () => step(1) },
    { keys: 'ArrowUp', label: 'Previous row', group, unlisted: true, run: () => step(-1) },
    { keys: 'PageDown', label: 'A page down', group, unlisted: true, run: () => step(pageRows()) },
    { keys: 'PageUp', label: 'A page up', group, unlisted: true, run: () => step(-pageRows()) },
    { keys: 'g g', label: 'First row', group, run: () => focusRow(0) },
    { keys: 'Home', label: 'First row', group, unlisted: true, run: () => focusRow(0) },
    { keys: 'G', label: 'Last loaded row', group, run: () => focusRow(traces.length - 1) },
    { keys: 'End', label: 'Last loaded row', group, unlisted: true, run: () => focusRow(traces.length - 1) },
  ]);
  return focusRow;
};
