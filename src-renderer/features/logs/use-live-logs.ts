import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LogItem, LogPage } from '#proto/bridge/shapes';
import { DisconnectedError, type LogListSearch, logSearchQuery, useBridge, useChange } from '#ui/bridge/index.ts';
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

/** What the latest refresh of a search found. */
interface Latest {
  identity: string;
  newest: LogPage | undefined;
  waiting: { count: number; isAtLeast: boolean };
  problem?: Error;
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
  const { query, traceId, spanId, minSeverity, order } = wanted;
  const search = useMemo(
    (): LogListSearch => ({ query, traceId, spanId, minSeverity, order, limit: pageSize }),
    [query, traceId, spanId, minSeverity, order],
  );
  const options = useMemo(() => logSearchQuery(bridge, search), [bridge, search]);
  const result = useInfiniteQuery({ ...options, staleTime: Number.POSITIVE_INFINITY, gcTime: keptMs, placeholderData: keepPreviousData });
  const [latest, setLatest] = useState<Latest>();
  const head = latest?.identity === identity ? latest : undefined;

  const showHead = (newest: LogPage): void => {
    client.setQueryData(options.queryKey, startFromHead(newest));
    setLatest({ identity, newest, waiting: none });
  };

  const refreshHead = async (signal: AbortSignal): Promise<void> => {
    const newest = await bridge.logs.search(search, { signal });
    const loaded = client.getQueryData(options.queryKey);
    if (signal.aborted || loaded === undefined) return;
    const found = countNew(loaded, newest);
    // A page that is on its way is appended to the pages as they are now; beginning anew would be undone by it.
    if (found.count > 0 && !isHeld() && !client.isFetching({ queryKey: options.queryKey, exact: true })) showHead(newest);
    else setLatest({ identity, newest, waiting: found });
  };

  const refreshTail = async (signal: AbortSignal): Promise<void> => {
    const before = client.getQueryData(options.queryKey);
    if (before === undefined || before.pages.at(-1)?.nextCursor !== undefined) return;
    const last = await bridge.logs.search({ ...search, cursor: lastCursor(before) }, { signal });
    if (signal.aborted || client.getQueryData(options.queryKey) !== before) return;
    client.setQueryData(options.queryKey, replaceLast(before, last));
    setLatest(undefined);
  };

  const refresh = async (signal: AbortSignal): Promise<void> => {
    if (client.getQueryData(options.queryKey) === undefined) return;
    try {
      await (search.order === 'newest' ? refreshHead(signal) : refreshTail(signal));
    } catch (error) {
      // The frame says when the engine is away, and the list catches up when it is back.
      if (signal.aborted || error instanceof DisconnectedError) return;
      const problem = error instanceof Error ? error : new Error(String(error));
      setLatest({ identity, newest: head?.newest, waiting: head?.waiting ?? none, problem });
    }
  };
  const isReady = result.data !== undefined && !result.isPlaceholderData;
  useRefresh(refresh, `${isReady} ${change?.logs}`, identity);

  // Kept while a query cannot be read: half a term on its way is no reason to empty the screen.
  const [lastGood, setLastGood] = useState<LogItem[]>([]);
  const pages = result.data?.pages;
  const logs = useMemo(() => (pages === undefined ? undefined : loadedLogs(pages)), [pages]);
  if (logs !== undefined && logs !== lastGood) setLastGood(logs);

  const isFull = (pages?.length ?? 0) >= mostPages;
  return {
    logs: logs ?? lastGood,
    isStale: result.isPlaceholderData || logs === undefined,
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
