import { queryOptions } from '@tanstack/react-query';
import type { ImportState } from '#proto/bridge/imports';
import type { Bridge } from './connection.ts';

const underWay: ReadonlySet<ImportState> = new Set(['uploading', 'reading', 'removing']);
const pollMs = 300;

/** Files that were opened. Asked again while any is under way: how far it is changes no data. */
export function importsQuery(bridge: Bridge) {
  return queryOptions({
    queryKey: ['imports'],
    queryFn: ({ signal }) => bridge.imports.list(undefined, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((item) => underWay.has(item.state)) === true ? pollMs : false),
  });
}
