import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useMemo } from 'react';
import { formatCount, plural } from '#proto/text/count';
import { formatExactTime } from '#ui/base/time.ts';
import { IdText } from '#ui/components/IdText.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#ui/model/inert-text.ts';
import { findRootCause } from '#proto/analysis/root-cause';
import { Placement } from '#proto/analysis/span-tree';
import { traceProblems } from '#proto/analysis/trace-problems';
import type { Trace } from '#proto/analysis/trace';
import { Badge } from '#ui/widgets/Badge.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import { useLateSpans } from '../use-trace.ts';
import { CopyTraceJson } from './CopyTraceJson.tsx';
import { PinTrace } from './PinTrace.tsx';
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
        <span className={styles['end']}>
          <IdText id={summary.traceId} what="trace id" />
          <PinTrace trace={summary} />
          <CopyTraceJson traceId={summary.traceId} />
        </span>
      </div>
      <Facts trace={trace} refreshError={refreshError} onSelect={onSelect} onLogs={onLogs} />
      {cause === undefined ? undefined : <RootCauseLine trace={trace} cause={cause} onSelect={onSelect} />}
    </header>
  );
};

/** The root's own outcome, which is not the same as "some span failed". */
const RootStatus = ({ trace }: { trace: Trace }) => {
  const root = trace.tree.placement.indexOf(Placement.root);
  if (root < 0) return <Badge tone="look">no root yet</Badge>;
  return trace.isError[root] === 1 ? <Badge tone="error">Error</Badge> : undefined;
};

const Facts = ({ trace, refreshError, onSelect, onLogs }: TraceHeaderProps) => {
  const { summary } = trace;
  const problems = useMemo(() => traceProblems(trace), [trace]);
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
      {trace.events.leftOut > 0 ? (
        <li>
          {formatCount(trace.events.ns.length)} of {plural(trace.events.ns.length + trace.events.leftOut, 'event')} drawn
        </li>
      ) : undefined}
      {problems.map(({ message, span }) => (
        <li key={message} className={styles['problem']}>
          {span === undefined ? (
            inertText(message)
          ) : (
            <button type="button" className={styles['problemLink']} onClick={() => onSelect(span)}>
              {inertText(message)}
            </button>
          )}
        </li>
      ))}
      {refreshError === undefined ? undefined : (
        <li className={styles['problem']} title={refreshError.message}>
          could not be brought up to date
        </li>
      )}
      <LateSpans trace={trace} />
    </ul>
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
