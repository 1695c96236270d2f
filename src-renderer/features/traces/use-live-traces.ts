import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TracePage, TraceSummary } from '#proto/bridge/shapes';
import { DisconnectedError, traceSearchQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';
import { type LoadedPages, loadedTraces, pagesOfRows, startFromHead, updateInPlace } from './live-list.ts';

const pageSize = 100;
/** Twenty thousand rows: whoever scrolls further searches with his eyes, and a list must end somewhere. */
const mostPages = 200;
const keptMs = 30 * 60_000;

export interface LiveTraces {
  traces: TraceSummary[];
  /** Rows of the search before this one, until the answer is there. */
  isStale: boolean;
  isLoading: boolean;
  error: Error | undefined;
  /** The list could not be brought up to date; what it shows was right a moment ago. */
  refreshError: Error | undefined;
  hasMore: boolean;
  isFull: boolean;
  loadMore: () => void;
  /** Traces that have arrived but are not shown, because the list is held still. */
  waiting: { count: number; isAtLeast: boolean };
  showWaiting: () => void;
  retry: () => void;
}

/** What the last refresh gave, for which query. */
interface Latest {
  query: string;
  newest: TracePage | undefined;
  waiting: LiveTraces['waiting'];
  problem?: Error;
}

const none = { count: 0, isAtLeast: false };

/** What the list has to know of the table that shows it. */
interface Onlooker {
  /** A person is looking at rows, which must therefore not move. */
  isHeld: () => boolean;
  /** First and last of them. */
  rowsInView: () => readonly [first: number, last: number];
}

/**
 * The traces that match a query, live: at the top of the list new ones appear; while the rows are held, they stay where they are, are kept up to date, and what is new waits.
 */
export const useLiveTraces = (query: string, { isHeld, rowsInView }: Onlooker): LiveTraces => {
  const bridge = useBridge();
  const client = useQueryClient();
  const change = useChange();
  const options = useMemo(() => traceSearchQuery(bridge, { query, limit: pageSize }), [bridge, query]);
  const result = useInfiniteQuery({ ...options, staleTime: Number.POSITIVE_INFINITY, gcTime: keptMs, placeholderData: keepPreviousData });
  const [latest, setLatest] = useState<Latest>();
  const head = latest?.query === query ? latest : undefined;

  const showHead = (newest: TracePage): void => {
    client.setQueryData(options.queryKey, startFromHead(newest));
    setLatest({ query, newest, waiting: none });
  };

  /** The pages that are looked at, as they are now: traces grow also further down. */
  const askAgain = (loaded: LoadedPages, signal: AbortSignal): Promise<TracePage[]> =>
    Promise.all(
      pagesOfRows(loaded, ...rowsInView()).map((index) =>
        bridge.traces.search({ query, limit: pageSize, cursor: loaded.pages[index - 1]?.nextCursor }, { signal }),
      ),
    );

  const refresh = async (signal: AbortSignal): Promise<void> => {
    if (client.getQueryData(options.queryKey) === undefined) return;
    try {
      const newest = await bridge.traces.search({ query, limit: pageSize }, { signal });
      const loaded = client.getQueryData(options.queryKey);
      if (signal.aborted || loaded === undefined) return;
      // A page that is on its way is appended to the pages as they are now; beginning anew would be undone by it.
      if (!isHeld() && !client.isFetching({ queryKey: options.queryKey, exact: true })) return showHead(newest);
      const merged = updateInPlace(loaded, newest, await askAgain(loaded, signal));
      if (signal.aborted || client.getQueryData(options.queryKey) !== loaded) return;
      client.setQueryData(options.queryKey, merged.loaded);
      setLatest({ query, newest, waiting: { count: merged.newCount, isAtLeast: merged.isAtLeast } });
    } catch (error) {
      // The frame says when the engine is away, and the list catches up when it is back.
      if (signal.aborted || error instanceof DisconnectedError) return;
      const problem = error instanceof Error ? error : new Error(String(error));
      setLatest({ query, newest: head?.newest, waiting: head?.waiting ?? none, problem });
    }
  };
  // Log records alone change no row, and a first page that has just been asked for is new enough.
  const isReady = result.data !== undefined && !result.isPlaceholderData;
  useRefresh(refresh, `${isReady} ${change?.traces} ${change?.spans}`, query);

  // Kept while a query cannot be read: half a term on its way is no reason to empty the screen.
  const [lastGood, setLastGood] = useState<TraceSummary[]>([]);
  const pages = result.data?.pages;
  const traces = useMemo(() => (pages === undefined ? undefined : loadedTraces(pages)), [pages]);
  if (traces !== undefined && traces !== lastGood) setLastGood(traces);

  const isFull = (pages?.length ?? 0) >= mostPages;
  return {
    traces: traces ?? lastGood,
    isStale: result.isPlaceholderData || traces === undefined,
    isLoading: result.isPending,
    error: result.error ?? undefined,
    refreshError: head?.problem,
    hasMore: result.hasNextPage && !isFull,
    isFull: isFull && result.hasNextPage,
    loadMore: () => {
      if (!result.isFetching) void result.fetchNextPage();
    },
    waiting: head?.waiting ?? none,
    showWaiting: () => {
      if (head?.newest !== undefined) showHead(head.newest);
    },
    retry: () => void result.refetch(),
  };
};
