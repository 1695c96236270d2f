import { useSyncExternalStore } from 'react';
import type { UnixNano } from '#proto/model/time';
import { onEverySecond } from '#ui/base/ticker.ts';
import { formatExactTime, formatRelativeTime } from '#ui/base/time.ts';
import styles from './Figure.module.css';

/** How long ago, with the exact time to the nanosecond on hover, or a `title` that says more. Keeps itself up to date; renders only when its text changes. */
export const RelativeTime = ({ time, title }: { time: UnixNano; title?: string }) => {
  const text = useSyncExternalStore(onEverySecond, () => formatRelativeTime(time, Date.now()));
  const [value, unit] = text.split(' ');
  return (
    <time className={styles['figure']} title={title ?? formatExactTime(time)}>
      {value}
      {unit === undefined ? undefined : <span className={styles['unit']}> {unit}</span>}
    </time>
  );
};
