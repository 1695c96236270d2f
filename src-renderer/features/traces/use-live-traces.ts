import { useMemo } from 'react';
import type { TraceSummary } from '#proto/bridge/shapes';
import { useBridge, useChange } from '#ui/bridge/index.ts';
import type { ItemKind } from '#ui/state/live-pages.ts';
import type { ArrivalChoice, ArrivalWindow } from './range/arrival-choice.ts';
import { type LiveList, type Onlooker, useLiveList } from '#ui/state/use-live-list.ts';

const pageSize = 100;
/** A list of a hundred thousand rows is as long as a browser scrolls well; whoever wants older ones goes on from there. */
const mostPages = 1000;
const keptMs = 30 * 60_000;

/** The traces that match a query and arrived in a time, live. Traces grow where they stand: late spans move none of them. */
export const useLiveTraces = (
  query: string,
  { since, from, to }: ArrivalChoice,
  window: ArrivalWindow,
  onlooker: Onlooker,
): LiveList<TraceSummary> => {
  const bridge = useBridge();
  const change = useChange();
  const list = useLiveList(
    {
      queryKey: ['traces', query, since, from, to],
      // What arrives from now on belongs to a time up to now.
      ask: (cursor, signal) =>
        bridge.traces.search({ query, from: window.from, ...(since === undefined ? { to } : {}), limit: pageSize, cursor }, { signal }),
      kind: traces,
      // Log records alone change no row.
      version: `${change?.traces} ${change?.spans}`,
      growsAt: 'head',
      mostPages,
      keptMs,
    },
    onlooker,
  );
  // What has become too old for a time up to now leaves the end of the list, where it moves nothing.
  const oldestNs = BigInt(since === undefined ? 0 : (window.from ?? 0));
  const items = useMemo(() => withoutOlder(list.items, oldestNs), [list.items, oldestNs]);
  return { ...list, items };
};

const withoutOlder = (traces: TraceSummary[], oldestNs: bigint): TraceSummary[] =>
  traces.every(({ receivedTimeUnixNano }) => BigInt(receivedTimeUnixNano) >= oldestNs)
    ? traces
    : traces.filter(({ receivedTimeUnixNano }) => BigInt(receivedTimeUnixNano) >= oldestNs);

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
