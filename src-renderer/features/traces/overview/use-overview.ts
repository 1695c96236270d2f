import { useQuery } from '@tanstack/react-query';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import { traceOverviewQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';
import type { ArrivalWindow } from '../range/arrival-choice.ts';

interface OverviewWish {
  query: string;
  window: ArrivalWindow;
  /** How many traces are wanted one by one; none of 0. */
  points: number;
  hasFacets: boolean;
}

const mostBars = 100;
const facetSpans = 10_000;
/** A picture that is looked at as a whole does not have to follow each trace. */
const pauseMs = 1000;

/** What a search looks like, live at a calm pace. `isStale`: it is that of the search before. */
export const useOverview = ({
  query,
  window,
  points,
  hasFacets,
}: OverviewWish): { overview: TraceOverview | undefined; isStale: boolean } => {
  const search = { query, ...window, buckets: mostBars, points, facetSpans: hasFacets ? facetSpans : 0 };
  const change = useChange();
  const result = useQuery(traceOverviewQuery(useBridge(), search));
  const refresh = async (): Promise<void> => {
    await result.refetch({ cancelRefetch: false });
  };
  useRefresh(refresh, `${change?.traces} ${change?.spans}`, 'overview', pauseMs);
  return { overview: result.data, isStale: result.isPlaceholderData };
};
