import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TracePage, TraceSummary } from '#proto/bridge/shapes';
import { traceSearchQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';
import { loadedTraces, startFromHead, updateInPlace } from './live-list.ts';

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

const none = { count: 0, isAtLeast: false };

/**
 * The traces that match a query, live: at the top of the list new ones appear; while `isHeld` says that a person is looking at rows, those rows stay where
 * they are, are kept up to date, and what is new waits.
 */
export const useLiveTraces = (query: string, isHeld: () => boolean): LiveTraces => {
  const bridge = useBridge();
  const client = useQueryClient();
  const change = useChange();
  const options = useMemo(() => traceSearchQuery(bridge, { query, limit: pageSize }), [bridge, query]);
  const result = useInfiniteQuery({ ...options, staleTime: Number.POSITIVE_INFINITY, gcTime: keptMs, placeholderData: keepPreviousData });
  const [waiting, setWaiting] = useState(none);
  const [refreshError, setRefreshError] = useState<Error>();
  const head = useRef<TracePage>(undefined);

  useEffect(() => {
    head.current = undefined;
    setWaiting(none);
    setRefreshError(undefined);
  }, [query]);

  const showHead = (newest: TracePage): void => {
    client.setQueryData(options.queryKey, startFromHead(newest));
    setWaiting(none);
  };

  const refresh = async (signal: AbortSignal): Promise<void> => {
    if (client.getQueryData(options.queryKey) === undefined) return;
    try {
      const newest = await bridge.traces.search({ query, limit: pageSize }, { signal });
      head.current = newest;
      setRefreshError(undefined);
      const loaded = client.getQueryData(options.queryKey);
      if (signal.aborted || loaded === undefined) return;
      // A page that is on its way is appended to the pages as they are now; beginning anew would be undone by it.
      if (!isHeld() && !client.isFetching({ queryKey: options.queryKey, exact: true })) return showHead(newest);
      const merged = updateInPlace(loaded, newest);
      client.setQueryData(options.queryKey, merged.loaded);
      setWaiting({ count: merged.newCount, isAtLeast: merged.isAtLeast });
    } catch (error) {
      if (!signal.aborted) setRefreshError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  // Log records alone change no row, and a first page that has just been asked for is new enough.
  const isReady = result.data !== undefined && !result.isPlaceholderData;
  useRefresh(refresh, `${isReady} ${change?.traces} ${change?.spans}`, query);

  const lastGood = useRef<TraceSummary[]>([]);
  const pages = result.data?.pages;
  const traces = useMemo(() => (pages === undefined ? undefined : loadedTraces(pages)), [pages]);
  useEffect(() => {
    if (traces !== undefined) lastGood.current = traces;
  }, [traces]);

  const isFull = (pages?.length ?? 0) >= mostPages;
  return {
    traces: traces ?? lastGood.current,
    isStale: result.isPlaceholderData || traces === undefined,
    isLoading: result.isPending,
    error: result.error ?? undefined,
    refreshError,
    hasMore: result.hasNextPage && !isFull,
    isFull: isFull && result.hasNextPage,
    loadMore: () => {
      if (!result.isFetching) void result.fetchNextPage();
    },
    waiting,
    showWaiting: () => {
      if (head.current !== undefined) showHead(head.current);
    },
    retry: () => void result.refetch(),
  };
};
