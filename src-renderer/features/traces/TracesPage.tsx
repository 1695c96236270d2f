import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { StaleNotice } from '#ui/components/StaleNotice.tsx';
import { badQueryOf } from '#ui/components/bad-query.ts';
import { readQuery, writeQuery } from '#ui/model/query-text.ts';
import { QueryExamples } from '#ui/components/QueryExamples.tsx';
import { ListPlaces } from '#ui/state/list-places.ts';
import { useListPlace } from '#ui/state/use-list-place.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { NoMatch } from './NoMatch.tsx';
import { TraceQueryBar } from './TraceQueryBar.tsx';
import { TraceTable, type TraceTableHandle } from './TraceTable.tsx';
import styles from './TracesPage.module.css';
import { useLiveTraces } from './use-live-traces.ts';

/** The list of traces. `firstStart` stands in its place while nothing is stored and nothing is searched for. */
export const TracesPage = ({ firstStart }: { firstStart: ReactNode }) => {
  const { q: query } = useSearch({ from: '/traces' });
  const navigate = useNavigate({ from: '/traces' });
  const searchBox = useRef<HTMLInputElement>(null);
  const table = useRef<TraceTableHandle>(null);
  const live = useLiveTraces(query, {
    isHeld: () => table.current?.isHeld() ?? false,
    rowsInView: () => table.current?.rowsInView() ?? [0, 0],
  });
  const startAt = useListPlace(places, () => table.current?.place());

  const setQuery = (next: string): void => void navigate({ search: { q: next }, replace: true });
  const filterService = (name: string): void => {
    void navigate({ search: { q: writeQuery({ ...readQuery(query), services: [name] }) } });
  };
  useShortcuts([
    { keys: '/', label: 'Search this list', group: 'Lists', run: () => searchBox.current?.select() },
    {
      keys: 'e',
      label: 'Only traces with errors',
      group: 'Lists',
      run: () => {
        const parts = readQuery(query);
        setQuery(writeQuery({ ...parts, errorsOnly: !parts.errorsOnly }));
      },
    },
    {
      keys: 'Escape',
      label: 'Leave the search box; clear the filter',
      group: 'Lists',
      run: () => {
        if (query !== '') setQuery('');
      },
    },
  ]);

  const problem = badQueryOf(live.error);
  const isEmpty = live.items.length === 0 && !live.isLoading && live.error === undefined;
  if (isEmpty && query === '' && !live.isStale) return firstStart;
  return (
    <main className={styles['page']} aria-label="Traces">
      <title>Traces · Sidelight</title>
      <h1 className="visually-hidden">Traces</h1>
      <TraceQueryBar ref={searchBox} query={query} onQuery={setQuery} onLeave={() => table.current?.focusFirst()} problem={problem} />
      <StaleNotice error={live.refreshError} />
      {live.isLoading && live.items.length === 0 ? (
        <SkeletonRows rows={24} label="Loading traces" />
      ) : live.error !== undefined && problem === undefined ? (
        <ErrorState title="The traces could not be read" detail={live.error.message} onRetry={live.retry} />
      ) : problem !== undefined && live.items.length === 0 ? (
        <QueryExamples subject="traces" />
      ) : isEmpty ? (
        <NoMatch query={query} onClear={() => setQuery('')} />
      ) : (
        <TraceTable
          key={query}
          ref={table}
          traces={live.items}
          isStale={live.isStale}
          hasMore={live.hasMore}
          isFull={live.isFull}
          onNearEnd={live.loadMore}
          waiting={live.waiting}
          onShowWaiting={live.showWaiting}
          onFilterService={filterService}
          startAt={startAt}
        />
      )}
    </main>
  );
};

const places = new ListPlaces();
