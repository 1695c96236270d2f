import { queryOptions } from '@tanstack/react-query';
import type { Bridge } from './connection.ts';

/** The newest records of a failed span, oldest first: one of them may carry the exception that the span does not. `count`: how many there are; with more, they are asked for again. */
export function logsOfFailureQuery(bridge: Bridge, traceId: string, spanId: string, count: number) {
  return queryOptions({
    queryKey: ['trace', traceId, 'failure-logs', spanId, count],
    queryFn: async ({ signal }) => {
      const { items } = await bridge.logs.search({ traceId, spanId, order: 'newest', limit: 50 }, { signal });
      return items.toReversed();
    },
  });
}
