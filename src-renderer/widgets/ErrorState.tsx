import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './Notice.module.css';

interface ErrorStateProps {
  /** In plain words what did not work: "The trace could not be read". */
  title: string;
  /** What is known of the reason, and what to do. */
  children?: ReactNode;
  /** The exact message, for a bug report; folded away. */
  detail?: string;
  onRetry?: () => void;
}

export const ErrorState = ({ title, children, detail, onRetry }: ErrorStateProps) => (
  <div className={styles['notice']} role="alert">
    <p className={styles['title']}>
      <CircleAlert className={styles['errorIcon']} size={16} aria-hidden />
      {title}
    </p>
    {children === undefined ? undefined : <div className={styles['text']}>{children}</div>}
    {detail === undefined || detail === '' ? undefined : (
      <details className={styles['detail']}>
        <summary>Exact message</summary>
        <pre>{detail}</pre>
      </details>
    )}
    {onRetry === undefined ? undefined : (
      <div className={styles['actions']}>
        <Button onClick={onRetry}>Try again</Button>
      </div>
    )}
  </div>
);
