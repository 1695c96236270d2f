import type { LogItem } from '#proto/bridge/shapes';
import { type LogListSearch, useBridge, useChange } from '#ui/bridge/index.ts';
import type { ItemKind } from '#ui/state/live-pages.ts';
import { type LiveList, type Onlooker, useLiveList } from '#ui/state/use-live-list.ts';

const pageSize = 100;
const mostPages = 500;
const keptMs = 5 * 60_000;

/** The log lines that match a search, live. */
export const useLiveLogs = (search: Omit<LogListSearch, 'limit'>, onlooker: Onlooker): LiveList<LogItem> => {
  const bridge = useBridge();
  const change = useChange();
  return useLiveList(
    {
      queryKey: ['logs', search],
      ask: (cursor, signal) => bridge.logs.search({ ...search, limit: pageSize, cursor }, { signal }),
      kind: lines,
      version: String(change?.logs),
      growsAt: search.order === 'newest' ? 'head' : 'end',
      mostPages,
      keptMs,
    },
    onlooker,
  );
};

const lines: ItemKind<LogItem> = { idOf: ({ id }) => id };
