import styles from './StaleNotice.module.css';

/** Above a list that could not be brought up to date; what it shows was right a moment ago. */
export const StaleNotice = ({ error }: { error: Error | undefined }) =>
  error === undefined ? undefined : (
    <p className={styles['notice']} role="status">
      The list could not be brought up to date: {error.message}
    </p>
  );
