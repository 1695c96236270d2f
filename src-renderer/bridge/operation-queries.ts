import { queryOptions } from '@tanstack/react-query';
import type { Operation } from '#proto/bridge/operation-latency';
import type { Bridge } from './connection.ts';

/** What is usual changes slowly: no need to ask again while a person looks from span to span. */
const staleMs = 30_000;

/** How long the newest stored spans of an operation took. */
export function operationLatencyQuery(bridge: Bridge, { service, name, kind }: Operation) {
  return queryOptions({
    queryKey: ['operation', service, name, kind],
    queryFn: ({ signal }) => bridge.operations.latency({ service, name, kind }, { signal }),
    staleTime: staleMs,
  });
}
