import type { ReactNode, Ref } from 'react';
import type { Hold } from '#ui/state/use-hold.ts';
import styles from './ListFrame.module.css';

interface ListFrameProps {
  /** What scrolls. */
  ref: Ref<HTMLDivElement>;
  hold: Hold;
  /** Shows rows of the search before this one. */
  isStale: boolean;
  /** Below the last row, where the list ends before what is stored does. */
  end: ReactNode;
  /** The table. */
  children: ReactNode;
}

/** What scrolls a long live list, fades it while it is out of date, and says where it ends. */
export const ListFrame = ({ ref, hold, isStale, end, children }: ListFrameProps) => (
  <div className={styles['frame']} data-stale={isStale || undefined}>
    <div ref={ref} className={styles['scroller']} onPointerMove={hold.onPointerMove} onScroll={hold.onScroll}>
      {children}
      {end === undefined ? undefined : <p className={styles['end']}>{end}</p>}
    </div>
  </div>
);
