import type { ReactNode } from 'react';
import styles from './FactList.module.css';

/** Names and values, one a line: what is known of a record beside its attributes. */
export const FactList = ({ children }: { children: ReactNode }) => <dl className={styles['facts']}>{children}</dl>;

/** One line of a FactList; `note` explains the value where it needs it. */
export const Fact = ({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) => (
  <div className={styles['fact']}>
    <dt className={styles['name']}>{name}</dt>
    <dd className={styles['value']}>
      {children}
      {note === undefined ? undefined : <span className={styles['note']}>{note}</span>}
    </dd>
  </div>
);
