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
import { CompareBar } from './chosen/CompareBar.tsx';
import { useChosen } from './chosen/use-chosen.ts';
import { ExportSearch } from './export/ExportSearch.tsx';
import { FacetPanel } from './facets/FacetPanel.tsx';
import { useFiltersOpen } from './facets/use-filters-open.ts';
import { NoMatch } from './NoMatch.tsx';
import { useChartKind } from './overview/chart-kind.ts';
import { Overview } from './overview/Overview.tsx';
import { OverviewHead } from './overview/OverviewHead.tsx';
import { useOverview } from './overview/use-overview.ts';
import { type ArrivalChoice, choiceOf, isAllTime } from './range/arrival-choice.ts';
import { useArrivalWindow } from './range/use-arrival-window.ts';
import { TraceQueryBar } from './TraceQueryBar.tsx';
import { TraceTable, type TraceTableHandle } from './TraceTable.tsx';
import styles from './TracesPage.module.css';
import { useLiveTraces } from './use-live-traces.ts';

const mostDots = 2000;

/** The list of traces, with what they look like together over it and what tells them apart beside it. `firstStart` stands in its place while nothing is stored and nothing is searched for. */
export const TracesPage = ({ firstStart }: { firstStart: ReactNode }) => {
  const search = useSearch({ from: '/traces' });
  const { q: query } = search;
  const choice = choiceOf(search);
  const window = useArrivalWindow(choice);
  const navigate = useNavigate({ from: '/traces' });
  const searchBox = useRef<HTMLInputElement>(null);
  const table = useRef<TraceTableHandle>(null);
  const live = useLiveTraces(query, choice, window, {
    isHeld: () => table.current?.isHeld() ?? false,
    rowsInView: () => table.current?.rowsInView() ?? [0, 0],
  });
  const startAt = useListPlace(places, () => table.current?.place());
  const [chart, setChart] = useChartKind();
  const [isFiltersOpen, toggleFilters] = useFiltersOpen();
  const chosen = useChosen();
  const { overview, isStale } = useOverview({ query, window, points: chart === 'scatter' ? mostDots : 0, hasFacets: isFiltersOpen });

  const setQuery = (next: string): void => void navigate({ search: { ...choice, q: next }, replace: true });
  const addToHistory = (next: string, range: ArrivalChoice = choice): void => void navigate({ search: { ...range, q: next } });
  const chooseRange = (range: ArrivalChoice): void => addToHistory(query, range);
  useShortcuts([
    { keys: '/', label: 'Search this list', group: 'Lists', run: () => searchBox.current?.select() },
    { keys: 'f', label: 'Show or hide filters', group: 'Lists', run: toggleFilters },
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
      label: 'Leave the search box; choose none; clear the filter',
      group: 'Lists',
      run: () => {
        if (chosen.traceIds.length > 0) chosen.clear();
        else if (query !== '') setQuery('');
      },
    },
  ]);

  const problem = badQueryOf(live.error);
  const isEmpty = live.items.length === 0 && !live.isLoading && live.error === undefined;
  if (isEmpty && query === '' && isAllTime(choice) && !live.isStale) return firstStart;
  return (
    <main className={styles['page']} aria-label="Traces">
      <title>Traces · Sidelight</title>
      <h1 className="visually-hidden">Traces</h1>
      <TraceQueryBar
        ref={searchBox}
        query={query}
        onQuery={setQuery}
        range={choice}
        onRange={chooseRange}
        onLeave={() => table.current?.focusFirst()}
        problem={problem}
      />
      <StaleNotice error={live.refreshError} />
      <div className={styles['body']}>
        {isFiltersOpen ? <FacetPanel facets={overview?.facets} isStale={isStale} query={query} onQuery={addToHistory} /> : undefined}
        <div className={styles['column']}>
          <OverviewHead overview={overview} kind={chart} onKind={setChart} isFiltersOpen={isFiltersOpen} onToggleFilters={toggleFilters}>
            <ExportSearch query={query} window={window} />
          </OverviewHead>
          {chart === 'none' ? undefined : <Overview kind={chart} overview={overview} window={window} onRange={chooseRange} />}
          {live.isLoading && live.items.length === 0 ? (
            <SkeletonRows rows={24} label="Loading traces" />
          ) : live.error !== undefined && problem === undefined ? (
            <ErrorState title="The traces could not be read" detail={live.error.message} onRetry={live.retry} />
          ) : problem !== undefined && live.items.length === 0 ? (
            <QueryExamples subject="traces" />
          ) : isEmpty ? (
            <NoMatch query={query} range={choice} onClear={() => setQuery('')} onAllTime={() => chooseRange({})} />
          ) : (
            <TraceTable
              key={JSON.stringify([query, choice])}
              ref={table}
              traces={live.items}
              isStale={live.isStale}
              hasMore={live.hasMore}
              isFull={live.isFull}
              onNearEnd={live.loadMore}
              waiting={live.waiting}
              onShowWaiting={live.showWaiting}
              onFilterService={(name) => addToHistory(writeQuery({ ...readQuery(query), services: [name] }))}
              chosen={chosen.traceIds}
              onChoose={chosen.toggle}
              onOlder={() => chooseRange(olderThan(live.items.at(-1)?.receivedTimeUnixNano ?? '0', window.from))}
              startAt={startAt}
            />
          )}
          <CompareBar chosen={chosen} />
        </div>
      </div>
    </main>
  );
};

const places = new ListPlaces();

/** The last one again, and what arrived before. */
const olderThan = (receivedNs: string, from: string | undefined): ArrivalChoice => ({ from, to: String(BigInt(receivedNs) + 1n) });
