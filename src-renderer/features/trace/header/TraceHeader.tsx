import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useMemo } from 'react';
import { formatCount, plural } from '#proto/text/count';
import { formatExactTime } from '#ui/base/time.ts';
import { CompareLink } from '#ui/components/CompareLink.tsx';
import { IdText } from '#ui/components/IdText.tsx';
import { OriginBadge } from '#ui/components/OriginBadge.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { SpanPercentile } from '#ui/components/SpanPercentile.tsx';
import { inertText } from '#proto/text/inert-text';
import { findRootCause } from '#proto/analysis/root-cause';
import { Placement } from '#proto/analysis/span-tree';
import type { Trace } from '#proto/analysis/trace';
import { Badge } from '#ui/widgets/Badge.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import { useLateSpans } from '../use-trace.ts';
import { CopyTrace } from './CopyTrace.tsx';
import { PinTrace } from './PinTrace.tsx';
import { Problems } from './Problems.tsx';
import { RootCauseLine } from './RootCauseLine.tsx';
import styles from './TraceHeader.module.css';

interface TraceHeaderProps {
  trace: Trace;
  /** Why the trace could not be brought up to date. */
  refreshError: Error | undefined;
  onSelect: (span: number) => void;
  onLogs: () => void;
}

/** More services than this are counted instead of named. */
const mostServices = 6;

/** What a trace is, how it went and, where it failed, why: all before a person has to read a single bar. */
export const TraceHeader = ({ trace, refreshError, onSelect, onLogs }: TraceHeaderProps) => {
  const { summary } = trace;
  const cause = useMemo(() => findRootCause(trace), [trace]);
  const name = inertText(summary.rootName).slice(0, 400);
  return (
    <header className={styles['header']}>
      <div className={styles['first']}>
        <Tooltip label="All traces">
          <Link to="/traces" className={styles['back']} aria-label="All traces">
            <ArrowLeft size={15} aria-hidden />
          </Link>
        </Tooltip>
        <ServiceBadge name={summary.rootService} />
        <h1 className={styles['title']} title={name}>
          {name.trim() === '' ? 'no name' : name}
        </h1>
        <RootStatus trace={trace} />
        <OriginBadge trace={summary} withName />
        <span className={styles['end']}>
          <IdText id={summary.traceId} what="trace id" />
          <CompareLink traceId={summary.traceId} />
          <PinTrace trace={summary} />
          <CopyTrace traceId={summary.traceId} />
        </span>
      </div>
      <Facts trace={trace} onLogs={onLogs} />
      {cause === undefined ? undefined : <RootCauseLine trace={trace} cause={cause} onSelect={onSelect} />}
      <Problems trace={trace} refreshError={refreshError} onSelect={onSelect} />
    </header>
  );
};

/** The root's own outcome, which is not the same as "some span failed". */
const RootStatus = ({ trace }: { trace: Trace }) => {
  const root = trace.tree.placement.indexOf(Placement.root);
  if (root < 0) return <Badge tone="look">no root yet</Badge>;
  return trace.isError[root] === 1 ? <Badge tone="error">Error</Badge> : undefined;
};

const Facts = ({ trace, onLogs }: Pick<TraceHeaderProps, 'trace' | 'onLogs'>) => {
  const { summary } = trace;
  return (
    <ul className={styles['facts']} aria-label="Facts about the trace">
      <li className={styles['when']}>
        <RelativeTime time={summary.startTimeUnixNano} title={`Started ${formatExactTime(summary.startTimeUnixNano)}`} withAgo />
      </li>
      <li className={styles['duration']}>
        <Duration ns={summary.durationNano} />
      </li>
      <li>{plural(trace.tree.size, 'span')}</li>
      {summary.errorCount > 0 ? <li className={styles['errors']}>{plural(summary.errorCount, 'error')}</li> : undefined}
      {summary.logCount > 0 ? (
        <li>
          <button type="button" className={styles['link']} onClick={onLogs}>
            {plural(summary.logCount, 'log record')}
          </button>
        </li>
      ) : undefined}
      <li className={styles['services']}>
        {summary.services.slice(0, mostServices).map(({ name, spanCount, errorCount }) => (
          <span
            key={name}
            className={styles['service']}
            title={`${plural(spanCount, 'span')}${errorCount > 0 ? `, ${plural(errorCount, 'error')}` : ''}`}
          >
            <ServiceBadge name={name} />
            <span className={styles['unit']}>{formatCount(spanCount)}</span>
          </span>
        ))}
        {summary.services.length > mostServices ? (
          <span className={styles['unit']}>+{summary.services.length - mostServices} more</span>
        ) : undefined}
      </li>
      <RootStanding trace={trace} />
      <LateSpans trace={trace} />
    </ul>
  );
};

/** How the root's duration compares with what is stored of it, where all else is below it. Behind what is there at once, as it takes a moment to be known. */
const RootStanding = ({ trace }: { trace: Trace }) => {
  const root = 0;
  if (trace.tree.placement[root] !== Placement.root || trace.tree.end[root] !== trace.tree.size) return undefined;
  const operation = { service: trace.service.at(root), name: trace.name.at(root), kind: trace.kind[root] ?? 0 };
  return (
    <li className={styles['standing']}>
      <SpanPercentile operation={operation} durationNs={trace.durationNs[root] ?? 0} />
    </li>
  );
};

/** Last, because it comes and goes. */
const LateSpans = ({ trace }: { trace: Trace }) => {
  const late = useLateSpans(trace);
  return (
    <li>
      <span className={styles['late']} role="status">
        {late > 0 ? `+${plural(late, 'span')}` : ''}
      </span>
    </li>
  );
};
