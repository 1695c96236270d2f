import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Bridge } from './connection.ts';

const pageSize = 500;
const firstPage: string | undefined = undefined;

/** The spans of a trace as OTLP/JSON, page by page in order of start. `spanCount` of the trace as it is shown: with late spans it is another document. */
export function traceJsonQuery(bridge: Bridge, traceId: string, spanCount: number) {
  return infiniteQueryOptions({
    queryKey: ['trace', traceId, 'json', spanCount],
    queryFn: ({ signal, pageParam }) => bridge.traces.otlp({ traceId, limit: pageSize, logs: false, cursor: pageParam }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One span as OTLP/JSON. */
export function spanJsonQuery(bridge: Bridge, traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ['trace', traceId, 'span', spanId, 'json'],
    queryFn: ({ signal }) => bridge.traces.otlp({ traceId, limit: 1, logs: false, spanId }, { signal }),
  });
}
