import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { UnixNano } from '#proto/model/time';
import type { Bridge } from './connection.ts';

export interface OverviewSearch {
  query: string;
  from: UnixNano | undefined;
  to: UnixNano | undefined;
  buckets: number;
  points: number;
  facetSpans: number;
}

/** What the traces of a search look like together; while the next one is looked at, the one before stays. */
export function traceOverviewQuery(bridge: Bridge, search: OverviewSearch) {
  return queryOptions({
    queryKey: ['trace-overview', search],
    queryFn: ({ signal }) => bridge.traces.overview(search, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
