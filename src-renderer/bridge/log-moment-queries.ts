import { queryOptions } from '@tanstack/react-query';
import type { Bridge } from './connection.ts';

/**
 * When the first `limit` log records of a trace were written, in which spans, how severe. `logCount`, how many the trace has, is part of the key: where it has changed, this is another
 * question.
 */
export function traceLogMomentsQuery(bridge: Bridge, { traceId, logCount, limit }: { traceId: string; logCount: number; limit: number }) {
  return queryOptions({
    queryKey: ['trace', traceId, 'log-moments', logCount, limit],
    queryFn: async ({ signal }) => {
      const { items } = await bridge.logs.search({ query: '', traceId, minSeverity: 0, order: 'oldest', limit }, { signal });
      return items.map(({ contextSpanId, effectiveTimeUnixNano, severityNumber }) => ({
        contextSpanId,
        effectiveTimeUnixNano,
        severityNumber,
      }));
    },
  });
}
