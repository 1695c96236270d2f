import { Link } from '@tanstack/react-router';
import { GanttChart } from 'lucide-react';
import type { LogItem } from '#proto/bridge/shapes';
import { formatClockTime } from '#ui/base/time.ts';
import { LogDetails } from '#ui/components/LogDetails.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { SeverityMark } from '#ui/components/SeverityMark.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { Inspector } from '#ui/widgets/Inspector.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import styles from './LogInspector.module.css';
import type { SelectedLog } from './use-selected-log.ts';

/** The line that is looked at, whole, beside the list that it stands in. */
export const LogInspector = ({ selected, onClose }: { selected: SelectedLog; onClose: () => void }) => (
  <Inspector
    label="Log record"
    subject={selected.log?.id ?? selected.state}
    onClose={onClose}
    head={
      <div className={styles['head']}>
        <h2 className="visually-hidden">Log record</h2>
        {selected.log === undefined ? undefined : <Summary log={selected.log} />}
      </div>
    }
  >
    <Content selected={selected} />
  </Inspector>
);

const Content = ({ selected }: { selected: SelectedLog }) => {
  switch (selected.state) {
    case 'loading':
      return <SkeletonRows rows={8} label="Loading the log record" />;
    case 'missing':
      return <p className={styles['note']}>This log record is not stored. It may have been removed to make room.</p>;
    case 'failed':
      return <ErrorState title="The log record could not be read" detail={selected.message} onRetry={selected.retry} />;
    case 'elsewhere':
      return (
        <>
          <p className={styles['note']}>Not among the lines that are listed: it is filtered out, or further down.</p>
          <LogDetails log={selected.log} />
        </>
      );
    case 'listed':
      return <LogDetails log={selected.log} />;
  }
};

const Summary = ({ log }: { log: LogItem }) => (
  <>
    <SeverityMark number={log.severityNumber} text={log.severityText} />
    <span className={styles['time']}>{formatClockTime(log.effectiveTimeUnixNano)}</span>
    <span className={styles['service']}>
      <ServiceBadge name={log.serviceName} />
    </span>
    {log.contextTraceId === '' ? undefined : (
      <Link
        className={styles['openTrace']}
        to="/traces/$traceId"
        params={{ traceId: log.contextTraceId }}
        search={log.contextSpanId === '' ? {} : { span: log.contextSpanId }}
      >
        <GanttChart size={14} aria-hidden />
        Open trace
        <Kbd keys="t" />
      </Link>
    )}
  </>
);
