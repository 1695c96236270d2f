import { queryOptions } from '@tanstack/react-query';
import type { Bridge } from './connection.ts';

/** Which stored spans link to a span. */
export function backlinksQuery(bridge: Bridge, traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ['trace', traceId, 'backlinks', spanId],
    queryFn: ({ signal }) => bridge.traces.backlinks({ traceId, spanId }, { signal }),
  });
}
