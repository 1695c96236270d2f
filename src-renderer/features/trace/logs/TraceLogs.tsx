import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ListTree } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { logSearchQuery, useBridge } from '#ui/bridge/index.ts';
import { LogLine } from '#ui/components/LogLine.tsx';
import type { Trace } from '#proto/analysis/trace';
import { listStep } from '#ui/model/list-step.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import styles from './TraceLogs.module.css';

const pageSize = 500;
const lineHeightPx = 28;
const pageLines = 20;

interface TraceLogsProps {
  trace: Trace;
  selected: number | undefined;
  onSelect: (span: number) => void;
  /** Closes the inspector; undefined while it is closed. */
  onClose: (() => void) | undefined;
}

/** All that was logged in a trace, across services, in the order of time. A line selects the span that it was logged in. */
export const TraceLogs = ({ trace, selected, onSelect, onClose }: TraceLogsProps) => {
  const { logs, error, isLoading, retry, loadMore } = useTraceLogs(trace);
  useShortcuts([
    {
      keys: 'Escape',
      label: 'Close the span',
      group: 'Trace',
      run: () => onClose?.(),
    },
  ]);
  if (isLoading) return <SkeletonRows rows={16} label="Loading the logs of the trace" />;
  if (error !== undefined) return <ErrorState title="The log records could not be read" detail={error.message} onRetry={retry} />;
  if (logs.length === 0) {
    return (
      <EmptyState title="Nothing was logged in this trace (yet)">
        Log records belong to a trace when the logger knows the active span: connect your logging library to OpenTelemetry, or let it write
        trace_id and span_id.
      </EmptyState>
    );
  }
  return <LogGrid trace={trace} logs={logs} selected={selected} onSelect={onSelect} onNearEnd={loadMore} />;
};

const useTraceLogs = (trace: Trace) => {
  const bridge = useBridge();
  const { traceId, logCount } = trace.summary;
  const options = useMemo(
    () => logSearchQuery(bridge, { query: '', traceId, minSeverity: 0, order: 'oldest', limit: pageSize }),
    [bridge, traceId],
  );
  const { data, error, isPending, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    ...options,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const logs = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);

  const known = useRef(logCount);
  useEffect(() => {
    if (known.current === logCount) return;
    known.current = logCount;
    void refetch();
  }, [logCount, refetch]);
  return {
    logs,
    error: error ?? undefined,
    isLoading: isPending,
    retry: () => void refetch(),
    loadMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
};

interface LogGridProps {
  trace: Trace;
  logs: readonly LogItem[];
  selected: number | undefined;
  onSelect: (span: number) => void;
  onNearEnd: () => void;
}

const LogGrid = ({ trace, logs, selected, onSelect, onNearEnd }: LogGridProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: logs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeightPx,
    overscan: 12,
  });
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after the timeline was left by a key.
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, []);
  const lines = virtualizer.getVirtualItems();
  const lastShown = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= logs.length - 50) onNearEnd();
  }, [lastShown, logs.length, onNearEnd]);

  const open = (index: number): void => {
    setActive(index);
    const span = trace.spanId.indexOf(logs[index]?.contextSpanId ?? '');
    if (span !== undefined) onSelect(span);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = listStep(event.key, active, logs.length, pageLines);
    if (event.ctrlKey || event.metaKey || event.altKey || (next === undefined && event.key !== 'Enter')) return;
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) {
      open(active);
      return;
    }
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      role="grid"
      aria-label="Logs of the trace"
      aria-rowcount={logs.length}
      aria-activedescendant={`trace-log-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={styles['content']} style={{ height: virtualizer.getTotalSize() }} role="presentation">
        {lines.map(({ index, start }) => {
          const log = logs[index];
          if (log === undefined) return undefined;
          const span = trace.spanId.indexOf(log.contextSpanId);
          return (
            <LogLine
              key={log.id}
              log={log}
              id={`trace-log-${index}`}
              className={styles['line']}
              style={{ transform: `translateY(${start}px)` }}
              aria-rowindex={index + 1}
              aria-selected={span !== undefined && span === selected}
              data-active={index === active || undefined}
              onClick={() => open(index)}
            >
              <Tooltip label="Open in the log list" side="left">
                <Link
                  className={styles['toList']}
                  to="/logs"
                  search={{ trace: trace.summary.traceId, ...(log.contextSpanId === '' ? {} : { span: log.contextSpanId }), log: log.id }}
                  aria-label="Open in the log list"
                  onClick={(event) => event.stopPropagation()}
                >
                  <ListTree size={14} aria-hidden />
                </Link>
              </Tooltip>
            </LogLine>
          );
        })}
      </div>
    </div>
  );
};
