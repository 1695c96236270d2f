import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { decodeTraceColumns } from '#proto/bridge/trace-columns';
import type { Bridge } from './connection.ts';

/** What is asked of the engine, as TanStack Query options. Keys begin with the noun, so that a view can invalidate `['traces']` on a change. */

export interface LogListSearch {
  query: string;
  traceId?: string | undefined;
  spanId?: string | undefined;
  /** Lowest severity number; 0 for all. */
  minSeverity: number;
  order: 'newest' | 'oldest';
  limit: number;
}

const firstPage: string | undefined = undefined;

export function statusQuery(bridge: Bridge) {
  return queryOptions({ queryKey: ['status'], queryFn: ({ signal }) => bridge.status(undefined, { signal }) });
}

export function doctorQuery(bridge: Bridge) {
  return queryOptions({ queryKey: ['doctor'], queryFn: ({ signal }) => bridge.doctor.report(undefined, { signal }) });
}

export function servicesQuery(bridge: Bridge) {
  return queryOptions({ queryKey: ['services'], queryFn: ({ signal }) => bridge.services(undefined, { signal }) });
}

export function traceColumnsQuery(bridge: Bridge, traceId: string) {
  return queryOptions({
    queryKey: ['trace', traceId, 'columns'],
    queryFn: async ({ signal }) => {
      const file = await bridge.traces.columns({ traceId }, { signal });
      return decodeTraceColumns(new Uint8Array(await file.arrayBuffer()));
    },
  });
}

export function spanQuery(bridge: Bridge, traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ['trace', traceId, 'span', spanId],
    queryFn: ({ signal }) => bridge.traces.span({ traceId, spanId }, { signal }),
  });
}

export function logQuery(bridge: Bridge, id: string) {
  return queryOptions({ queryKey: ['log', id], queryFn: ({ signal }) => bridge.logs.get({ id }, { signal }) });
}

/** Pages of log records: of everything, of a trace, or of one span. */
export function logSearchQuery(bridge: Bridge, search: LogListSearch) {
  return infiniteQueryOptions({
    queryKey: ['logs', search],
    queryFn: ({ signal, pageParam }) => bridge.logs.search({ ...search, cursor: pageParam }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
  });
}
