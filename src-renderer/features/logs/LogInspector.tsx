import { Link } from '@tanstack/react-router';
import { GanttChart, X } from 'lucide-react';
import type { LogItem } from '#proto/bridge/shapes';
import { formatClockTime } from '#ui/base/time.ts';
import { LogDetails } from '#ui/components/LogDetails.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { SeverityMark } from '#ui/components/SeverityMark.tsx';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import styles from './LogInspector.module.css';

interface LogInspectorProps {
  /** Undefined while it is looked for, and where it was not found. */
  log: LogItem | undefined;
  isLoading: boolean;
  onClose: () => void;
}

/** The line that is looked at, whole, beside the list that it stands in. */
export const LogInspector = ({ log, isLoading, onClose }: LogInspectorProps) => (
  <section className={styles['inspector']} aria-label="Log record">
    <h2 className="visually-hidden">Log record</h2>
    <header className={styles['head']}>
      {log === undefined ? <span className={styles['service']} /> : <Summary log={log} />}
      <IconButton label="Close" shortcut="Escape" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
    <div className={styles['content']}>
      {log !== undefined ? (
        <LogDetails key={log.id} log={log} />
      ) : isLoading ? (
        <SkeletonRows rows={8} label="Loading the log record" />
      ) : (
        <p className={styles['missing']}>
          This line is not among those that are listed. It may be filtered out, further down, or deleted to make room.
        </p>
      )}
    </div>
  </section>
);

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
