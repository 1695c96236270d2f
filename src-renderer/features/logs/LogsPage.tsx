import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { readPreference, writePreference } from '#ui/base/preference.ts';
import { QueryExamples } from '#ui/components/QueryExamples.tsx';
import { StaleNotice } from '#ui/components/StaleNotice.tsx';
import { badQueryOf } from '#ui/components/bad-query.ts';
import { severityFloors } from '#ui/model/severity.ts';
import { ListPlaces } from '#ui/state/list-places.ts';
import type { LiveList } from '#ui/state/use-live-list.ts';
import { useListPlace } from '#ui/state/use-list-place.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { SplitPane } from '#ui/widgets/SplitPane.tsx';
import { LogInspector } from './LogInspector.tsx';
import { LogQueryBar } from './LogQueryBar.tsx';
import styles from './LogsPage.module.css';
import type { LogsSearch } from './logs-search.ts';
import { LogTable, type LogTableHandle } from './LogTable.tsx';
import { NoLogMatches, NoLogsYet } from './NoLogs.tsx';
import { useLiveLogs } from './use-live-logs.ts';
import { useSelectedLog } from './use-selected-log.ts';

/** All log lines, or those of a trace or span: the list, and beside it the line that is looked at. */
export const LogsPage = () => {
  const search = useSearch({ from: '/logs' });
  const navigate = useNavigate({ from: '/logs' });
  const searchBox = useRef<HTMLInputElement>(null);
  const table = useRef<LogTableHandle>(null);
  const [isWrapped, setWrapped] = useState(() => readPreference('logs.wrap') === 'yes');
  const live = useLiveLogs(listSearch(search), { isHeld: () => table.current?.isHeld() ?? false });
  const selected = useSelectedLog(live.items, search.log);

  const startAt = useListPlace(places, () => table.current?.place());

  const change = (changed: Partial<LogsSearch>): void => void navigate({ search: (now) => ({ ...now, ...changed }), replace: true });
  const isOpen = search.log !== undefined;
  // Opening can be gone back from; walking on from there leaves no trail.
  const open = useCallback(
    (id: string): void => void navigate({ search: (now) => ({ ...now, log: id }), replace: isOpen }),
    [navigate, isOpen],
  );
  const wrap = (wanted: boolean): void => {
    setWrapped(wanted);
    writePreference('logs.wrap', wanted ? 'yes' : 'no');
  };
  const openTrace = (): void => {
    const log = selected.log ?? table.current?.activeLog();
    if (log === undefined || log.contextTraceId === '') return;
    void navigate({
      to: '/traces/$traceId',
      params: { traceId: log.contextTraceId },
      search: log.contextSpanId === '' ? {} : { span: log.contextSpanId },
    });
  };
  const leave = (): void => {
    if (isOpen) change({ log: undefined });
    else if (search.q !== '') change({ q: '' });
  };

  useShortcuts([
    { keys: '/', label: 'Search this list', group: 'Lists', run: () => searchBox.current?.select() },
    { keys: 'Escape', label: 'Leave the search box; close the details; clear the search', group: 'Lists', run: leave },
    { keys: 't', label: 'Open the trace of the line', group: 'Logs', run: openTrace },
    { keys: 'e', label: 'Only errors', group: 'Logs', run: () => change({ severity: search.severity === 'ERROR' ? undefined : 'ERROR' }) },
    {
      keys: 'o',
      label: 'Newest or oldest first',
      group: 'Logs',
      run: () => change({ order: search.order === undefined ? 'oldest' : undefined }),
    },
    { keys: 'w', label: 'Wrap long lines', group: 'Logs', run: () => wrap(!isWrapped) },
  ]);

  const problem = badQueryOf(live.error);
  return (
    <main className={styles['page']} aria-label="Logs">
      <title>Logs · Sidelight</title>
      <h1 className="visually-hidden">Logs</h1>
      <LogQueryBar
        ref={searchBox}
        search={search}
        onSearch={change}
        onLeave={() => table.current?.focusFirst()}
        problem={problem}
        isWrapped={isWrapped}
        onWrap={wrap}
      />
      <StaleNotice error={live.refreshError} />
      <div className={styles['panes']}>
        <SplitPane
          id="logs.inspector"
          label="Resize log details"
          main={
            <Lines live={live} search={search} onSearch={change}>
              <LogTable
                key={JSON.stringify(listSearch(search))}
                ref={table}
                logs={live.items}
                order={search.order ?? 'newest'}
                isStale={live.isStale}
                hasMore={live.hasMore}
                isFull={live.isFull}
                onNearEnd={live.loadMore}
                waiting={live.waiting}
                onShowWaiting={live.showWaiting}
                selectedId={search.log}
                onOpen={open}
                isWrapped={isWrapped}
                startAt={startAt}
              />
            </Lines>
          }
          aside={isOpen ? <LogInspector selected={selected} onClose={leave} /> : undefined}
          initialPx={460}
          minPx={320}
          minMainPx={420}
        />
      </div>
    </main>
  );
};

const places = new ListPlaces();

/** The list, or what stands in its place. */
const Lines = ({
  live,
  search,
  onSearch,
  children,
}: {
  live: LiveList<LogItem>;
  search: LogsSearch;
  onSearch: (change: Partial<LogsSearch>) => void;
  children: ReactNode;
}) => {
  if (live.items.length > 0 && (live.error === undefined || badQueryOf(live.error) !== undefined)) return children;
  if (live.isLoading) return <SkeletonRows rows={24} label="Loading logs" />;
  if (badQueryOf(live.error) !== undefined) return <QueryExamples subject="logs" />;
  if (live.error !== undefined)
    return (
      <ErrorState title="The logs could not be read" detail={live.error.message} onRetry={live.retry}>
        The store did not answer this search. Trying again may help; the exact message says more.
      </ErrorState>
    );
  const isUnfiltered = search.q === '' && search.severity === undefined && search.trace === undefined && search.span === undefined;
  return isUnfiltered ? <NoLogsYet /> : <NoLogMatches search={search} onSearch={onSearch} />;
};

/** What the engine is asked for: the address without the line that is looked at. */
const listSearch = ({ q, trace, span, severity, order }: LogsSearch) => ({
  query: q,
  traceId: trace,
  spanId: span,
  minSeverity: severityFloors.find(({ label }) => label === severity)?.minSeverity ?? 0,
  order: order ?? ('newest' as const),
});
