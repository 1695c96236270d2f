import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';
import type { TraceSummary } from '#proto/bridge/shapes';

interface RowFocus {
  traces: readonly TraceSummary[];
  rows: Virtualizer<HTMLDivElement, Element>;
  scroller: { readonly current: HTMLElement | null };
  onActivate: (traceId: string) => void;
}

/** Gives a row the focus, scrolling it into sight. */
export const useRowFocus = ({ traces, rows, scroller, onActivate }: RowFocus): ((index: number) => void) => {
  const [wanted, setWanted] = useState<{ index: number }>();
  useEffect(() => {
    if (wanted === undefined) return;
    rows.scrollToIndex(wanted.index, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-row-link="${wanted.index}"]`)?.focus({ preventScroll: true });
  }, [wanted, rows, scroller]);
  return (index) => {
    const trace = traces[index];
    if (trace === undefined) return;
    onActivate(trace.traceId);
    setWanted({ index });
  };
};
