import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LogItem, LogPage } from '#proto/bridge/shapes';
import { type LogListSearch, logSearchQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';
import { countNew, lastCursor, loadedLogs, replaceLast, startFromHead } from './log-pages.ts';

const pageSize = 100;
/** Fifty thousand lines: whoever scrolls further searches with his eyes, and a list must end somewhere. */
const mostPages = 500;
const keptMs = 5 * 60_000;

export interface LiveLogs {
  logs: LogItem[];
  /** Lines of the search before this one, until the answer is there. */
  isStale: boolean;
  isLoading: boolean;
  error: Error | undefined;
  /** The list could not be brought up to date; what it shows was right a moment ago. */
  refreshError: Error | undefined;
  hasMore: boolean;
  isFull: boolean;
  loadMore: () => void;
  /** Lines that have arrived but are not shown, because the list is held still. */
  waiting: { count: number; isAtLeast: boolean };
  showWaiting: () => void;
  retry: () => void;
}

const none = { count: 0, isAtLeast: false };

/**
 * The log lines that match a search, live. Newest first: new lines appear at the top; while `isHeld` says that a person is reading, nothing moves and what
 * is new waits. Oldest first: new lines are added at the end, which moves nothing.
 */
export const useLiveLogs = (wanted: Omit<LogListSearch, 'limit'>, isHeld: () => boolean): LiveLogs => {
  const bridge = useBridge();
  const client = useQueryClient();
  const change = useChange();
  const identity = JSON.stringify(wanted);
  const search = useMemo((): LogListSearch => ({ ...(JSON.parse(identity) as typeof wanted), limit: pageSize }), [identity]);
  const options = useMemo(() => logSearchQuery(bridge, search), [bridge, search]);
  const result = useInfiniteQuery({ ...options, staleTime: Number.POSITIVE_INFINITY, gcTime: keptMs, placeholderData: keepPreviousData });
  const [waiting, setWaiting] = useState(none);
  const [refreshError, setRefreshError] = useState<Error>();
  const head = useRef<LogPage>(undefined);

  useEffect(() => {
    head.current = undefined;
    setWaiting(none);
    setRefreshError(undefined);
  }, [identity]);

  const showHead = (newest: LogPage): void => {
    client.setQueryData(options.queryKey, startFromHead(newest));
    setWaiting(none);
  };

  const refreshHead = async (signal: AbortSignal): Promise<void> => {
    const newest = await bridge.logs.search(search, { signal });
    head.current = newest;
    const loaded = client.getQueryData(options.queryKey);
    if (signal.aborted || loaded === undefined) return;
    const found = countNew(loaded, newest);
    // A page that is on its way is appended to the pages as they are now; beginning anew would be undone by it.
    if (found.count > 0 && !isHeld() && !client.isFetching({ queryKey: options.queryKey, exact: true })) showHead(newest);
    else setWaiting(found);
  };

  const refreshTail = async (signal: AbortSignal): Promise<void> => {
    const before = client.getQueryData(options.queryKey);
    if (before === undefined || before.pages.at(-1)?.nextCursor !== undefined) return;
    const last = await bridge.logs.search({ ...search, cursor: lastCursor(before) }, { signal });
    if (signal.aborted || client.getQueryData(options.queryKey) !== before) return;
    client.setQueryData(options.queryKey, replaceLast(before, last));
  };

  const refresh = async (signal: AbortSignal): Promise<void> => {
    if (client.getQueryData(options.queryKey) === undefined) return;
    try {
      await (search.order === 'newest' ? refreshHead(signal) : refreshTail(signal));
      setRefreshError(undefined);
    } catch (error) {
      if (!signal.aborted) setRefreshError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const isReady = result.data !== undefined && !result.isPlaceholderData;
  useRefresh(refresh, `${isReady} ${change?.logs}`, identity);

  const lastGood = useRef<LogItem[]>([]);
  const pages = result.data?.pages;
  const logs = useMemo(() => (pages === undefined ? undefined : loadedLogs(pages)), [pages]);
  useEffect(() => {
    if (logs !== undefined) lastGood.current = logs;
  }, [logs]);

  const isFull = (pages?.length ?? 0) >= mostPages;
  return {
    logs: logs ?? lastGood.current,
    isStale: result.isPlaceholderData || logs === undefined,
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
