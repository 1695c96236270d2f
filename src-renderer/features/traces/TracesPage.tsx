import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { badQueryOf } from '#ui/components/bad-query.ts';
import { readQuery, writeQuery } from '#ui/model/query-text.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { type ListPlace, listPlaces } from './list-places.ts';
import { NoMatch } from './NoMatch.tsx';
import { QueryHelp } from './QueryHelp.tsx';
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
  const live = useLiveTraces(query, () => table.current?.isHeld() ?? false);
  const startAt = usePlace(table);

  const setQuery = (next: string): void => void navigate({ search: { q: next }, replace: true });
  const filterService = (name: string): void => {
    const parts = readQuery(query);
    if (!parts.services.includes(name)) void navigate({ search: { q: writeQuery({ ...parts, services: [...parts.services, name] }) } });
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
  const isEmpty = live.traces.length === 0 && !live.isLoading && live.error === undefined;
  if (isEmpty && query === '' && !live.isStale) return firstStart;
  return (
    <main className={styles['page']} aria-label="Traces">
      <title>Traces · Sidelight</title>
      <h1 className="visually-hidden">Traces</h1>
      <TraceQueryBar ref={searchBox} query={query} onQuery={setQuery} onLeave={() => table.current?.focusFirst()} problem={problem} />
      {live.refreshError === undefined ? undefined : (
        <p className={styles['refreshProblem']} role="status">
          The list could not be brought up to date: {live.refreshError.message}
        </p>
      )}
      {live.isLoading && live.traces.length === 0 ? (
        <SkeletonRows rows={24} label="Loading traces" />
      ) : live.error !== undefined && problem === undefined ? (
        <ErrorState title="The traces could not be read" detail={live.error.message} onRetry={live.retry} />
      ) : problem !== undefined && live.traces.length === 0 ? (
        <QueryHelp />
      ) : isEmpty ? (
        <NoMatch query={query} onClear={() => setQuery('')} />
      ) : (
        <TraceTable
          key={query}
          ref={table}
          traces={live.traces}
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

/**
 * The place in the list that belongs to this entry of the history; it is kept when the list is left. By then the location is that of the next view,
 * so entries of other paths are not looked at.
 */
const usePlace = (table: { readonly current: TraceTableHandle | null }): ListPlace | undefined => {
  const entry = useLocation({ select: ({ pathname, state }) => (pathname === '/traces' ? state.key : undefined) });
  const [first] = useState(() => ({ entry, place: listPlaces.get(entry ?? '') }));
  const latest = useRef(entry);
  useEffect(() => {
    if (entry !== undefined) latest.current = entry;
  }, [entry]);
  useLayoutEffect(
    () => () => {
      const place = table.current?.place();
      if (place !== undefined && latest.current !== undefined) listPlaces.keep(latest.current, place);
    },
    [table],
  );
  return entry === first.entry ? first.place : undefined;
};
