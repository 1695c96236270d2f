import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { formatClockTime, formatExactTime } from '#ui/base/time.ts';
import { logHeadline } from '#ui/model/log-text.ts';
import { severityTone } from '#ui/model/severity.ts';
import { InertText } from './InertText.tsx';
import styles from './LogLine.module.css';
import { ServiceBadge } from './ServiceBadge.tsx';
import { SeverityMark } from './SeverityMark.tsx';

interface LogLineProps extends Omit<ComponentProps<'div'>, 'children'> {
  log: LogItem;
  /** In the last column, e.g. a link to the trace. */
  children?: ReactNode;
}

/**
 * One log record as a row of 28 px for a `role="grid"`: time, severity, service, what it says. The row itself takes the focus (`tabIndex`) and every other
 * attribute of an element, so that its text can be selected like any text. `aria-selected` marks the one that is looked at, `data-wrap` breaks its text.
 */
export const LogLine = ({ log, className, children, ...row }: LogLineProps) => (
  <div role="row" className={clsx(styles['line'], styles[severityTone(log.severityNumber)], className)} {...row}>
    <span role="gridcell" className={styles['time']}>
      <time title={formatExactTime(log.effectiveTimeUnixNano)}>{formatClockTime(log.effectiveTimeUnixNano)}</time>
    </span>
    <span role="gridcell" className={styles['severity']}>
      <SeverityMark number={log.severityNumber} text={log.severityText} />
    </span>
    <span role="gridcell" className={styles['service']}>
      <ServiceBadge name={log.serviceName} />
    </span>
    <span role="gridcell" className={styles['body']}>
      <Headline log={log} />
    </span>
    <span role="gridcell" className={styles['end']}>
      {children}
    </span>
  </div>
);

const Headline = ({ log }: { log: LogItem }) => {
  const { text, isCut, isStructure, exception } = logHeadline(log);
  const isEmpty = text === '' && exception === '' && log.eventName === '';
  return (
    <>
      {log.eventName === '' ? undefined : (
        <code className={styles['event']} title="Event name">
          <InertText text={log.eventName.slice(0, 200)} />
        </code>
      )}
      {isEmpty ? <em className={styles['nothing']}>empty</em> : undefined}
      <span className={clsx(isStructure && styles['structure'])}>
        <InertText text={text} />
      </span>
      {isCut ? <span className={styles['more']}> …</span> : undefined}
      {exception === '' ? undefined : (
        <span className={clsx(text !== '' && styles['exception'])}>
          <InertText text={exception} />
        </span>
      )}
    </>
  );
};
