import { Link, useLocation } from '@tanstack/react-router';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import styles from './Layout.module.css';

/** An address that leads nowhere: what it was, and where one can go. */
export const NotFound = () => {
  const path = useLocation({ select: ({ pathname }) => pathname });
  return (
    <main className={styles['plainPage']} aria-label="Not found">
      <title>Not found · Sidelight</title>
      <h1 className="visually-hidden">Not found</h1>
      <EmptyState title="There is no such page">
        <p>
          Nothing is at <code>{path}</code>. Sidelight has <Link to="/traces">traces</Link>, at <code>/traces/</code> and a trace id a
          single trace, <Link to="/logs">logs</Link> and the <Link to="/setup">setup guide</Link>.
        </p>
      </EmptyState>
    </main>
  );
};
