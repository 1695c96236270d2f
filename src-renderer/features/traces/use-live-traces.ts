import type { TraceSummary } from '#proto/bridge/shapes';
import { useBridge, useChange } from '#ui/bridge/index.ts';
import type { ItemKind } from '#ui/state/live-pages.ts';
import { type LiveList, type Onlooker, useLiveList } from '#ui/state/use-live-list.ts';

const pageSize = 100;
const mostPages = 200;
const keptMs = 30 * 60_000;

/** The traces that match a query, live. Traces grow where they stand: late spans move none of them. */
export const useLiveTraces = (query: string, onlooker: Onlooker): LiveList<TraceSummary> => {
  const bridge = useBridge();
  const change = useChange();
  return useLiveList(
    {
      queryKey: ['traces', query],
      ask: (cursor, signal) => bridge.traces.search({ query, limit: pageSize, cursor }, { signal }),
      kind: traces,
      // Log records alone change no row.
      version: `${change?.traces} ${change?.spans}`,
      growsAt: 'head',
      mostPages,
      keptMs,
    },
    onlooker,
  );
};

const traces: ItemKind<TraceSummary> = {
  idOf: ({ traceId }) => traceId,
  isSame: (a, b) =>
    a.spanCount === b.spanCount &&
    a.logCount === b.logCount &&
    a.errorCount === b.errorCount &&
    a.durationNano === b.durationNano &&
    a.rootName === b.rootName &&
    a.hasRoot === b.hasRoot &&
    a.pinned === b.pinned,
};
