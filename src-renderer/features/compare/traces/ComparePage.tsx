import { ORPCError } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { previousTraceQuery, useBridge } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import styles from '../Compare.module.css';
import { CompareNav } from '../CompareNav.tsx';
import type { CompareSearch } from '../compare-search.ts';
import { ComparedTracesView } from './ComparedTracesView.tsx';
import { TracePicker } from './TracePicker.tsx';
import { type OpenTraceHalf, useComparedTrace } from './use-comparison.ts';

/** `/compare`: two traces side by side. With `b` alone, that trace and the one before it of the same root operation. */
export const ComparePage = () => {
  const search = useSearch({ from: '/compare' });
  const { a, b } = search;
  if (a !== undefined && b !== undefined) return <BothTraces key={`${a} ${b}`} a={a} b={b} search={search} />;
  if (b !== undefined) return <PreviousTrace key={b} b={b} />;
  return <NothingChosen a={a} />;
};

const Frame = ({ children }: { children: ReactNode }) => (
  <main className={styles['page']} aria-label="Compare traces">
    <title>Compare traces · Sidelight</title>
    <h1 className="visually-hidden">Compare traces</h1>
    <header className={styles['bare']}>
      <CompareNav />
    </header>
    {children}
  </main>
);

/** Both have to be chosen, one after the other: first the one before. */
const NothingChosen = ({ a }: { a: string | undefined }) => {
  const navigate = useNavigate({ from: '/compare' });
  const [isPicking, setIsPicking] = useState(false);
  return (
    <Frame>
      <EmptyState
        title={a === undefined ? 'Compare two traces' : 'Compare it with which trace?'}
        actions={
          <>
            <Button tone="primary" onClick={() => setIsPicking(true)}>
              Choose {a === undefined ? 'the first trace' : 'the other trace'}
            </Button>
            <Link to="/compare/groups">Compare groups of traces</Link>
          </>
        }
      >
        <p>
          Both are laid on top of each other by structure: what got slower, what ran more often, what is new and what is gone, the biggest
          change first.
        </p>
      </EmptyState>
      {isPicking ? (
        <TracePicker
          label={a === undefined ? 'Choose the first trace' : 'Choose the other trace'}
          like={undefined}
          without={a}
          onPick={(traceId) => {
            setIsPicking(false);
            void navigate({ search: a === undefined ? { a: traceId } : { a, b: traceId } });
          }}
          onClose={() => setIsPicking(false)}
        />
      ) : undefined}
    </Frame>
  );
};

const PreviousTrace = ({ b }: { b: string }) => {
  const previous = useQuery(previousTraceQuery(useBridge(), b));
  if (previous.data !== undefined) return <Navigate to="/compare" search={{ a: previous.data, b }} replace />;
  return (
    <Frame>
      {previous.error === null ? (
        <SkeletonRows rows={24} label="Looking for the trace before" />
      ) : previous.error instanceof ORPCError && previous.error.code === 'NOT_FOUND' ? (
        <NoPrevious b={b} message={previous.error.message} />
      ) : (
        <ErrorState title="The trace before could not be found" detail={previous.error.message} onRetry={() => void previous.refetch()} />
      )}
    </Frame>
  );
};

const NoPrevious = ({ b, message }: { b: string; message: string }) => {
  const navigate = useNavigate({ from: '/compare' });
  const [isPicking, setIsPicking] = useState(false);
  return (
    <>
      <EmptyState
        title="There is no trace before it to compare with"
        actions={
          <>
            <Button onClick={() => setIsPicking(true)}>Choose another trace</Button>
            <Link to="/traces/$traceId" params={{ traceId: b }}>
              Open the trace
            </Link>
          </>
        }
      >
        <p>{message}</p>
      </EmptyState>
      {isPicking ? (
        <TracePicker
          label="Choose the trace to compare with"
          like={undefined}
          without={b}
          onPick={(a) => void navigate({ search: { a, b } })}
          onClose={() => setIsPicking(false)}
        />
      ) : undefined}
    </>
  );
};

const BothTraces = ({ a, b, search }: { a: string; b: string; search: CompareSearch }) => {
  const navigate = useNavigate({ from: '/compare' });
  const [ofA, ofB] = [useComparedTrace(a), useComparedTrace(b)];
  if (ofA.trace !== undefined && ofB.trace !== undefined) {
    return (
      <ComparedTracesView
        a={ofA.trace}
        b={ofB.trace}
        search={search}
        onSearch={(part, isStep) => void navigate({ search: (before) => ({ ...before, ...part }), replace: isStep })}
      />
    );
  }
  const broken: [traceId: string, half: OpenTraceHalf] = ofA.error === undefined ? [b, ofB] : [a, ofA];
  return (
    <Frame>
      {broken[1].error === undefined ? (
        <SkeletonRows rows={24} label="Loading both traces" />
      ) : (
        <Unreadable traceId={broken[0]} half={broken[1]} />
      )}
    </Frame>
  );
};

const Unreadable = ({ traceId, half: { error, retry } }: { traceId: string; half: OpenTraceHalf }) =>
  error instanceof ORPCError && error.code === 'NOT_FOUND' ? (
    <EmptyState title="One of the traces is not stored (any more)" actions={<Link to="/traces">All traces</Link>}>
      <p>
        <code>{traceId}</code>
      </p>
    </EmptyState>
  ) : (
    <ErrorState title="One of the traces could not be read" detail={error?.message ?? ''} onRetry={retry} />
  );
