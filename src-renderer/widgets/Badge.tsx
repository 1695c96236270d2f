import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './Badge.module.css';

/** A short fact beside something: a count, a state. `error` and `look` only for what they mean. */
export const Badge = ({
  tone = 'neutral',
  title,
  children,
}: {
  tone?: 'neutral' | 'error' | 'look' | 'good' | 'accent';
  title?: string;
  children: ReactNode;
}) => (
  <span className={clsx(styles['badge'], styles[tone])} title={title}>
    {children}
  </span>
);
