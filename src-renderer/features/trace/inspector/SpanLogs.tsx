import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { useEffect, useMemo } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { formatDuration } from '#proto/text/duration';
import { formatExactTime } from '#ui/base/time.ts';
import { logSearchQuery, useBridge } from '#ui/bridge/index.ts';
import { InertText } from '#ui/components/InertText.tsx';
import { SeverityMark } from '#ui/components/SeverityMark.tsx';
import { logHeadline } from '#ui/model/log-text.ts';
import { nsSince } from '#ui/model/ns-since.ts';
import { severityTone } from '#ui/model/severity.ts';
import type { Trace } from '#proto/analysis/trace';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './SpanLogs.module.css';

const pageSize = 100;

interface SpanLogsProps {
  trace: Trace;
  span: number;
  onTraceLogs: () => void;
}

/** What the code logged in this span, at which moment of it. Each line leads to the record in the log list. */
export const SpanLogs = ({ trace, span, onTraceLogs }: SpanLogsProps) => {
  const bridge = useBridge();
  const { traceId } = trace.summary;
  const spanId = trace.spanId.at(span);
  const count = trace.logCount[span] ?? 0;
  const options = useMemo(
    () => logSearchQuery(bridge, { query: '', traceId, spanId, minSeverity: 0, order: 'oldest', limit: pageSize }),
    [bridge, traceId, spanId],
  );
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...options,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: count > 0,
  });
  const logs = data?.pages.flatMap((page) => page.items) ?? [];
  // The structure counts the records, so it knows first when there are more.
  const missing = data !== undefined && !hasNextPage && logs.length < count ? count : 0;
  useEffect(() => {
    if (missing > 0) void refetch();
  }, [missing, refetch]);

  return (
    <>
      {count === 0 ? <p className={styles['note']}>Nothing was logged in this span.</p> : undefined}
      {error === null ? undefined : <p className={styles['note']}>The log records could not be read: {error.message}</p>}
      <ol className={styles['lines']}>
        {logs.map((log) => (
          <li key={log.id}>
            <SpanLogLine
              log={log}
              traceId={traceId}
              spanId={spanId}
              traceStart={trace.summary.startTimeUnixNano}
              spanStartNs={trace.startNs[span] ?? 0}
            />
          </li>
        ))}
      </ol>
      {hasNextPage ? (
        <Button tone="quiet" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      ) : undefined}
      <p className={styles['ways']}>
        {count > 0 ? (
          <Link to="/logs" search={{ trace: traceId, span: spanId }}>
            Open in the log list
          </Link>
        ) : undefined}
        {trace.summary.logCount > 0 ? (
          <button type="button" className={styles['link']} onClick={onTraceLogs}>
            Logs of the whole trace
          </button>
        ) : undefined}
      </p>
    </>
  );
};

interface SpanLogLineProps {
  log: LogItem;
  traceId: string;
  spanId: string;
  traceStart: string;
  spanStartNs: number;
}

const SpanLogLine = ({ log, traceId, spanId, traceStart, spanStartNs }: SpanLogLineProps) => {
  const { text } = logHeadline(log);
  const offsetNs = nsSince(traceStart, log.effectiveTimeUnixNano) - spanStartNs;
  return (
    <Link
      to="/logs"
      search={{ trace: traceId, span: spanId, log: log.id }}
      className={clsx(styles['line'], styles[severityTone(log.severityNumber)])}
    >
      <time className={styles['offset']} title={formatExactTime(log.effectiveTimeUnixNano)}>
        {`${offsetNs < 0 ? '' : '+'}${formatDuration(offsetNs)}`}
      </time>
      <SeverityMark number={log.severityNumber} text={log.severityText} />
      <span className={styles['text']}>
        {text === '' ? <em>{log.eventName === '' ? 'empty' : log.eventName.slice(0, 200)}</em> : <InertText text={text} />}
      </span>
    </Link>
  );
};
