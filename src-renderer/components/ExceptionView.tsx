import type { RecordedException } from '#proto/model/exception';
import styles from './ExceptionView.module.css';
import { InertText } from './InertText.tsx';
import { LongText } from './LongText.tsx';
import { StackTrace } from './StackTrace.tsx';

/** An exception in words: its type, what it says, and where it happened. */
export const ExceptionView = ({ exception: { type, message, stacktrace } }: { exception: RecordedException }) => (
  <section className={styles['exception']} aria-label="Exception">
    {type === '' ? undefined : (
      <p className={styles['type']}>
        <InertText text={type.slice(0, 500)} />
      </p>
    )}
    {message === '' ? undefined : (
      <div className={styles['message']}>
        <LongText text={message} maxLines={12} />
      </div>
    )}
    {stacktrace.trim() === '' ? undefined : <StackTrace text={stacktrace} />}
  </section>
);
