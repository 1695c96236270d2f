import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import styles from './Layout.module.css';

/** A view that broke takes only itself down: the rail, the status bar and every other view still work. */
export const RouteError = ({ error, reset }: ErrorComponentProps) => (
  <main className={styles['plainPage']} aria-label="Error">
    <title>Error · Sidelight</title>
    <h1 className="visually-hidden">Error</h1>
    <ErrorState
      title="This view could not be shown"
      detail={error instanceof Error ? (error.stack ?? error.message) : String(error)}
      onRetry={reset}
    >
      <p>That is a fault in Sidelight, not in your telemetry, which is stored and safe. Other views still work.</p>
    </ErrorState>
  </main>
);
