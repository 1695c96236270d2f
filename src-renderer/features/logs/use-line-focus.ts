import { useEffect, useMemo, useRef, useState } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import type { ListRow } from './list-rows.ts';

interface LineFocus {
  logs: readonly LogItem[];
  rows: readonly ListRow[];
  activeId: string | undefined;
  scroller: { readonly current: HTMLElement | null };
  virtual: { scrollToIndex: (index: number, options: { align: 'auto' | 'center' }) => void };
  onActivate: (id: string) => void;
  onOpen: (id: string) => void;
  /** The inspector is open: it follows the keys. */
  isInspecting: boolean;
  /** How far the first line is scrolled into sight: no further than needed where the list is left as it was. */
  firstAlign: 'auto' | 'center';
}

interface Wanted {
  id: string;
  align: 'auto' | 'center';
}

/** Gives a line the focus and scrolls it into sight; at first the active one, as soon as it is loaded. */
export const useLineFocus = ({ logs, rows, activeId, scroller, virtual, onActivate, onOpen, isInspecting, firstAlign }: LineFocus) => {
  const [wanted, setWanted] = useState<Wanted | undefined>(activeId === undefined ? undefined : { id: activeId, align: firstAlign });
  const done = useRef<Wanted>(undefined);
  const activeLine = useMemo(() => logs.findIndex((log) => log.id === activeId), [logs, activeId]);
  // After every render until it is done: a line is there once it is loaded, scrolled to and drawn.
  useEffect(() => {
    if (wanted === undefined || done.current === wanted) return;
    const index = rows.findIndex((row) => row.kind === 'log' && row.log.id === wanted.id);
    if (index === -1) return;
    virtual.scrollToIndex(index, { align: wanted.align });
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (row === null || row === undefined) return;
    row.focus({ preventScroll: true });
    done.current = wanted;
  });

  const focusLine = (line: number): void => {
    const log = logs[line];
    if (log === undefined) return;
    onActivate(log.id);
    setWanted({ id: log.id, align: 'auto' });
    if (isInspecting) onOpen(log.id);
  };
  return { focusLine, activeLine };
};
