import { Link } from '@tanstack/react-router';
import { GanttChart, X } from 'lucide-react';
import type { LogItem } from '#proto/bridge/shapes';
import { formatClockTime } from '#ui/base/time.ts';
import { LogDetails } from '#ui/components/LogDetails.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { SeverityMark } from '#ui/components/SeverityMark.tsx';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import styles from './LogInspector.module.css';

/** The line that is looked at, whole, beside the list that it stands in. */
export const LogInspector = ({ log, onClose }: { log: LogItem; onClose: () => void }) => (
  <section className={styles['inspector']} aria-label="Log record">
    <header className={styles['head']}>
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
      <IconButton label="Close" shortcut="Escape" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
    <div className={styles['content']}>
      <LogDetails key={log.id} log={log} />
    </div>
  </section>
);
