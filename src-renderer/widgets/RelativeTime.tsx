import { useSyncExternalStore } from 'react';
import type { UnixNano } from '#proto/model/time';
import { onEverySecond } from '#ui/base/ticker.ts';
import { formatAgo, formatExactTime, formatRelativeTime } from '#ui/base/time.ts';
import styles from './Figure.module.css';

/** How long ago, with the exact time to the nanosecond on hover, or a `title` that says more. Keeps itself up to date; renders only when its text changes. */
export const RelativeTime = ({ time, title, withAgo = false }: { time: UnixNano; title?: string; withAgo?: boolean }) => {
  const text = useSyncExternalStore(onEverySecond, () => (withAgo ? formatAgo : formatRelativeTime)(time, Date.now()));
  const [, value, unit] = /^(\d+) (.+)$/.exec(text) ?? [text, text];
  return (
    <time className={styles['figure']} title={title ?? formatExactTime(time)}>
      {value}
      {unit === undefined ? undefined : <span className={styles['unit']}> {unit}</span>}
    </time>
  );
};
