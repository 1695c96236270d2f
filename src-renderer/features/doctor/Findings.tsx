import { CircleAlert, Lightbulb, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { Finding } from '#proto/bridge/doctor';
import { formatShortCount, plural } from '#proto/text/count';
import { InertText } from '#ui/components/InertText.tsx';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import styles from './Doctor.module.css';

const marks: Record<Finding['severity'], readonly [icon: LucideIcon, word: string]> = {
  error: [CircleAlert, 'Problem'],
  warning: [TriangleAlert, 'Warning'],
  advice: [Lightbulb, 'Advice'],
};

/** What is wrong or could be better, most urgent first, each with what mends it. */
export const Findings = ({ findings }: { findings: readonly Finding[] }) => (
  <section className={styles['section']} aria-labelledby="findings-heading">
    <h2 id="findings-heading" className={styles['title']}>
      Findings
    </h2>
    <ul className={styles['findings']}>
      {findings.map((finding) => (
        <FindingItem key={finding.id} finding={finding} />
      ))}
    </ul>
  </section>
);

const FindingItem = ({ finding: { severity, message, fix, setting, count, lastSeenUnixNano } }: { finding: Finding }) => {
  const [Icon, word] = marks[severity];
  return (
    <li className={styles['finding']} data-severity={severity}>
      <Icon className={styles['mark']} size={15} aria-label={word} />
      <div className={styles['words']}>
        <p className={styles['message']}>
          <InertText text={message} />
        </p>
        <p className={styles['fix']}>
          <InertText text={fix} />
        </p>
        {setting === '' ? undefined : (
          <div className={styles['setting']}>
            <code>{setting}</code>
            <CopyButton text={setting} label="Copy the variables" />
          </div>
        )}
      </div>
      <span className={styles['count']} title={`Seen ${plural(count, 'time')}`}>
        {count === 1 ? '' : `${formatShortCount(count)} ×`}
      </span>
      <span className={styles['when']}>
        <RelativeTime time={lastSeenUnixNano} />
      </span>
    </li>
  );
};
