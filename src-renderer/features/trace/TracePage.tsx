import { ORPCError } from '@orpc/client';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { traceIdPattern } from '#proto/model/ids';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import styles from './TracePage.module.css';
import type { TraceSearch } from './trace-search.ts';
import { TraceView } from './TraceView.tsx';
import { useTrace } from './use-trace.ts';

/** `/traces/$traceId`: one trace, at whatever span, tab and folding the address says. */
export const TracePage = (): ReactElement => {
  const { traceId: asWritten } = useParams({ from: '/traces/$traceId' });
  const traceId = asWritten.toLowerCase();
  if (traceIdPattern.test(traceId)) return <OpenTracePage key={traceId} traceId={traceId} />;
  return (
    <main className={styles['page']} aria-label="Trace">
      <title>Trace · Sidelight</title>
      <h1 className="visually-hidden">Trace</h1>
      <EmptyState title="This is not a trace id" actions={<Link to="/traces">All traces</Link>}>
        A trace id is 32 hex digits, not all zero.
      </EmptyState>
    </main>
  );
};

const OpenTracePage = ({ traceId }: { traceId: string }): ReactElement => {
  const search = useSearch({ from: '/traces/$traceId' });
  const navigate = useNavigate({ from: '/traces/$traceId' });
  const { trace, error, retry } = useTrace(traceId);
  const change = (part: Partial<TraceSearch>, isStep: boolean): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: isStep });

  if (trace !== undefined) return <TraceView trace={trace} search={search} onSearch={change} refreshError={error} />;
  return (
    <main className={styles['page']} aria-label="Trace">
      <title>Trace · Sidelight</title>
      <h1 className="visually-hidden">Trace</h1>
      {error === undefined ? (
        <SkeletonRows rows={24} label="Loading the trace" />
      ) : error instanceof ORPCError && error.code === 'NOT_FOUND' ? (
        <EmptyState
          title="Nothing is stored under this trace id (yet)"
          actions={
            <>
              <Link to="/traces">All traces</Link>
              <Link to="/logs" search={{ trace: traceId }}>
                Log records of this trace
              </Link>
            </>
          }
        >
          <p>
            <code>{traceId}</code>
          </p>
          <p>The trace appears here as soon as one of its spans arrives. If it was stored once, it may have been removed to make room.</p>
        </EmptyState>
      ) : (
        <ErrorState title="The trace could not be read" detail={error.message} onRetry={retry} />
      )}
    </main>
  );
};
