import { clsx } from 'clsx';
import { CircleAlert, ScrollText, Search, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatShortCount, plural } from '#proto/text/count';
import { foundBetween } from '#ui/model/find-spans.ts';
import { spanNotes } from '#ui/model/span-notes.ts';
import styles from './NameRow.module.css';
import { errorsBetween } from './row-words.ts';
import { endOfRow, type Scene } from './scene.ts';

/** At the end of a row: what is odd about its span, in words, and how much there is that the row does not show. The row says the same aloud. */
export const RowMarks = ({ scene, row }: { scene: Scene; row: number }) => {
  const { trace, rows, found, skew, isAdjusted } = scene;
  const span = rows.spans[row] ?? 0;
  const isRun = rows.runs[row] !== -1;
  const end = endOfRow(scene, row);
  const below = isRun ? span : span + 1;
  const errors = errorsBetween(trace, below, end);
  const hidden = isRun ? 0 : end - below;
  const matches = found === undefined ? 0 : foundBetween(found, below, end);
  const events = trace.eventCount[span] ?? 0;
  const logs = trace.logCount[span] ?? 0;
  return (
    <span className={styles['marks']} aria-hidden>
      {isRun
        ? undefined
        : spanNotes(trace, span, { shiftNs: skew.shiftNs, isAdjusted }).map(({ words, sentence }) => (
            <span key={words} className={styles['note']} title={sentence}>
              {words}
            </span>
          ))}
      {isRun || events === 0 ? undefined : <Mark count={events} title={plural(events, 'event')} icon={<Zap size={10} />} />}
      {isRun || logs === 0 ? undefined : <Mark count={logs} title={plural(logs, 'log record')} icon={<ScrollText size={10} />} />}
      {matches > 0 ? (
        <Mark count={matches} title={`${plural(matches, 'match', 'matches')} in it`} icon={<Search size={10} />} tone="hiddenMatches" />
      ) : undefined}
      {errors > 0 ? (
        <Mark count={errors} title={`${plural(errors, 'error')} in it`} icon={<CircleAlert size={10} />} tone="hiddenErrors" />
      ) : undefined}
      {hidden > 0 ? (
        <span className={styles['hiddenSpans']} title={`${plural(hidden, 'span')} below`}>
          +{formatShortCount(hidden)}
        </span>
      ) : undefined}
    </span>
  );
};

const Mark = ({ count, title, icon, tone }: { count: number; title: string; icon: ReactNode; tone?: 'hiddenMatches' | 'hiddenErrors' }) => (
  <span className={clsx(styles['mark'], tone !== undefined && styles[tone])} title={title}>
    {icon}
    {formatShortCount(count)}
  </span>
);
