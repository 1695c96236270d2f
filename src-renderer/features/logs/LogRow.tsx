import { memo } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { LogLine } from '#ui/components/LogLine.tsx';
import { TraceLink } from '#ui/components/TraceLink.tsx';
import styles from './LogTable.module.css';

interface LogRowProps {
  log: LogItem;
  /** Place in the virtual list, by which the row is found and measured. */
  index: number;
  topPx: number;
  isSelected: boolean;
  isActive: boolean;
  isWrapped: boolean;
  measure: ((row: HTMLElement | null) => void) | undefined;
  onActivate: (id: string) => void;
  onOpen: (id: string) => void;
}

/** One line of the list. A click opens it, unless the click was the end of selecting text. */
export const LogRow = memo(({ log, index, topPx, isSelected, isActive, isWrapped, measure, onActivate, onOpen }: LogRowProps) => (
  <LogLine
    log={log}
    ref={measure}
    className={styles['row']}
    style={{ transform: `translateY(${topPx}px)` }}
    data-index={index}
    data-wrap={isWrapped || undefined}
    aria-rowindex={index + 2}
    aria-selected={isSelected}
    tabIndex={isActive ? 0 : -1}
    onFocus={() => onActivate(log.id)}
    onClick={() => {
      if (getSelection()?.isCollapsed !== false) onOpen(log.id);
    }}
    onKeyDown={(event) => {
      if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
      event.preventDefault();
      onOpen(log.id);
    }}
  >
    {log.contextTraceId === '' ? undefined : <TraceLink traceId={log.contextTraceId} spanId={log.contextSpanId} />}
  </LogLine>
));
