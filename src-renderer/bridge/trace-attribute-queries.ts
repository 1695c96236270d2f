import { queryOptions } from '@tanstack/react-query';
import type { Bridge } from './connection.ts';

/** Which attributes the spans of a trace have, and the values of `keys`. `spanCount` of the trace as it is shown: with late spans it is another answer. */
export function traceAttributesQuery(bridge: Bridge, traceId: string, keys: readonly string[], spanCount: number) {
  return queryOptions({
    queryKey: ['trace', traceId, 'attributes', keys, spanCount],
    queryFn: ({ signal }) => bridge.traces.attributes({ traceId, key: [...keys] }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
