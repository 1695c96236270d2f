import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface EmptyStateProps {
  /** What is so: "No trace matches". */
  title: string;
  /** Why, and what a person can do about it. */
  children?: ReactNode;
  /** Buttons or links. */
  actions?: ReactNode;
}

/** Nothing to show, said where the content would begin, with the reason and the way on. */
export const EmptyState = ({ title, children, actions }: EmptyStateProps) => (
  <div className={styles['notice']} role="status">
    <p className={styles['title']}>{title}</p>
    {children === undefined ? undefined : <div className={styles['text']}>{children}</div>}
    {actions === undefined ? undefined : <div className={styles['actions']}>{actions}</div>}
  </div>
);
