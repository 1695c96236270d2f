import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import type { Finding } from '#proto/bridge/doctor';
import { plural } from '#proto/text/count';
import { onEverySecond } from '#ui/base/ticker.ts';
import { countProblems } from '#ui/model/connection-problems.ts';
import styles from './StatusBar.module.css';

/** The way to what goes wrong with connections; nothing while nothing does. It stands where it moves nothing else. */
export const ProblemsLink = ({ findings }: { findings: readonly Finding[] }) => {
  const count = useSyncExternalStore(onEverySecond, () => countProblems(findings, Date.now()));
  if (count === 0) return undefined;
  return (
    <Link
      to="/doctor"
      className={styles['problems']}
      title="Something that was sent here lately could not be taken, or says that something is wrong."
    >
      {plural(count, 'connection problem')}
    </Link>
  );
};
