import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Bridge } from './connection.ts';

/** The id of the trace of the same root operation that arrived last before this one. */
export function previousTraceQuery(bridge: Bridge, traceId: string) {
  return queryOptions({
    queryKey: ['compare', 'previous', traceId],
    queryFn: async ({ signal }) => (await bridge.compare.traces({ b: traceId, limit: 1 }, { signal })).a.traceId,
  });
}

/** Newest traces to choose from. */
export function traceChoiceQuery(bridge: Bridge, query: string, limit: number) {
  return queryOptions({
    queryKey: ['traces', 'choice', query, limit],
    queryFn: ({ signal }) => bridge.traces.search({ query, limit }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export interface GroupComparisonInput {
  aQuery: string;
  aFrom?: string | undefined;
  aTo?: string | undefined;
  bQuery: string;
  bFrom?: string | undefined;
  bTo?: string | undefined;
  restartOf?: string | undefined;
}

export function groupComparisonQuery(bridge: Bridge, input: GroupComparisonInput) {
  return queryOptions({
    queryKey: ['compare', 'groups', input],
    queryFn: ({ signal }) => bridge.compare.groups(input, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function serviceRunsQuery(bridge: Bridge, service: string) {
  return queryOptions({
    queryKey: ['compare', 'runs', service],
    queryFn: ({ signal }) => bridge.compare.runs({ service }, { signal }),
  });
}
