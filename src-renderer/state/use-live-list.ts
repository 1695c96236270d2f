import { type InfiniteData, keepPreviousData, type QueryKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { DisconnectedError } from '#ui/bridge/index.ts';
import {
  type ItemKind,
  lastCursor,
  loadedItems,
  type LoadedPages,
  type Page,
  pagesOfRows,
  replaceLast,
  startFromHead,
  updateInPlace,
} from './live-pages.ts';
import { useRefresh } from './use-refresh.ts';

/** One search of the engine. */
export interface ListSource<Item> {
  /** Of this search, and of nothing else. */
  queryKey: QueryKey;
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>;
  kind: ItemKind<Item>;
  /** Another one: the engine may answer differently now. */
  version: string;
  /** Where new items come in. At the end they are added at once, which moves nothing. */
  growsAt: 'head' | 'end';
  /** Whoever scrolls further searches with his eyes, and a list must end somewhere. */
  mostPages: number;
  /** How long the pages are kept for whoever comes back. */
  keptMs: number;
}

/** What the list has to know of the table that shows it. */
export interface Onlooker {
  /** A person is looking at rows, which must therefore not move. */
  isHeld: () => boolean;
  /** First and last of them; absent where no row ever changes. */
  rowsInView?: () => readonly [first: number, last: number];
}

export interface LiveList<Item> {
  items: Item[];
  /** Rows of the search before this one, until the answer is there. */
  isStale: boolean;
  isLoading: boolean;
  error: Error | undefined;
  /** The list could not be brought up to date; what it shows was right a moment ago. */
  refreshError: Error | undefined;
  hasMore: boolean;
  isFull: boolean;
  loadMore: () => void;
  /** Items that have arrived but are not shown, because the list is held still. */
  waiting: { count: number; isAtLeast: boolean };
  showWaiting: () => void;
  retry: () => void;
}

/** What the last refresh gave, for which search. */
interface Latest<Item> {
  identity: string;
  newest: Page<Item> | undefined;
  waiting: LiveList<Item>['waiting'];
  problem?: Error;
}

const none = { count: 0, isAtLeast: false };

/**
 * The answer to a search, live: at the top of the list new items appear; while the rows are held, they stay where they are, are kept up to date, and what is new waits.
 */
export const useLiveList = <Item>(source: ListSource<Item>, { isHeld, rowsInView }: Onlooker): LiveList<Item> => {
  const { queryKey, ask, kind, growsAt, mostPages, keptMs } = source;
  const client = useQueryClient();
  const identity = JSON.stringify(queryKey);
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => ask(pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: keptMs,
    placeholderData: keepPreviousData,
  });
  const [latest, setLatest] = useState<Latest<Item>>();
  const head = latest?.identity === identity ? latest : undefined;

  const read = (): LoadedPages<Item> | undefined => client.getQueryData<InfiniteData<Page<Item>, string | undefined>>(queryKey);
  const showHead = (newest: Page<Item>): void => {
    client.setQueryData(queryKey, startFromHead(newest));
    setLatest({ identity, newest, waiting: none });
  };

  /** The pages that are looked at, as they are now: what changes does so also further down. */
  const askAgain = (loaded: LoadedPages<Item>, signal: AbortSignal): Promise<Page<Item>[]> => {
    const pages = rowsInView === undefined ? [] : pagesOfRows(loaded, ...rowsInView());
    return Promise.all(pages.map((index) => ask(loaded.pages[index - 1]?.nextCursor, signal)));
  };

  const refreshHead = async (signal: AbortSignal): Promise<void> => {
    const newest = await ask(undefined, signal);
    const loaded = read();
    if (signal.aborted || loaded === undefined) return;
    // A page that is on its way is appended to the pages as they are now; beginning anew would be undone by it.
    const mayMove = !isHeld() && !client.isFetching({ queryKey, exact: true });
    if (mayMove && updateInPlace(loaded, newest, kind).newCount > 0) return showHead(newest);
    const merged = updateInPlace(loaded, newest, kind, await askAgain(loaded, signal));
    if (signal.aborted || read() !== loaded) return;
    if (merged.loaded !== loaded) client.setQueryData(queryKey, merged.loaded);
    setLatest({ identity, newest, waiting: { count: merged.newCount, isAtLeast: merged.isAtLeast } });
  };

  const refreshEnd = async (signal: AbortSignal): Promise<void> => {
    const loaded = read();
    if (loaded === undefined || loaded.pages.at(-1)?.nextCursor !== undefined) return;
    const last = await ask(lastCursor(loaded), signal);
    if (signal.aborted || read() !== loaded) return;
    client.setQueryData(queryKey, replaceLast(loaded, last));
    setLatest(undefined);
  };

  const refresh = async (signal: AbortSignal): Promise<void> => {
    if (read() === undefined) return;
    try {
      await (growsAt === 'head' ? refreshHead(signal) : refreshEnd(signal));
    } catch (error) {
      // The frame says when the engine is away, and the list catches up when it is back.
      if (signal.aborted || error instanceof DisconnectedError) return;
      const problem = error instanceof Error ? error : new Error(String(error));
      setLatest({ identity, newest: head?.newest, waiting: head?.waiting ?? none, problem });
    }
  };
  // A first page that has just been asked for is new enough.
  const isReady = result.data !== undefined && !result.isPlaceholderData;
  useRefresh(refresh, `${isReady} ${source.version}`, identity);

  // Kept while a query cannot be read: half a term on its way is no reason to empty the screen.
  const [lastGood, setLastGood] = useState<Item[]>([]);
  const pages = result.data?.pages;
  const items = useMemo(() => (pages === undefined ? undefined : loadedItems(pages, kind)), [pages, kind]);
  if (items !== undefined && items !== lastGood) setLastGood(items);

  const isFull = (pages?.length ?? 0) >= mostPages;
  return {
    items: items ?? lastGood,
    isStale: result.isPlaceholderData || items === undefined,
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

const firstPage: string | undefined = undefined;
