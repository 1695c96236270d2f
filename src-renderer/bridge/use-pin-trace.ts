import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import type { TracePage, TraceSummary } from '#proto/bridge/shapes';
import { useBridge } from './hooks.ts';
import { traceColumnsQuery } from './queries.ts';

/**
 * Pins a trace or lets it go. What is on the screen says so at once, the open trace and every list alike, and says the opposite again where the engine could not do it. One after
 * the other: the last press counts.
 */
export const usePinTrace = (traceId: string) => {
  const bridge = useBridge();
  const client = useQueryClient();
  const { queryKey } = traceColumnsQuery(bridge, traceId);

  const show = async (pinned: boolean): Promise<void> => {
    // What was asked before would come back with the answer of before.
    await Promise.all([client.cancelQueries({ queryKey }), client.cancelQueries({ queryKey: ['traces'] })]);
    client.setQueryData(queryKey, (columns) => columns && { ...columns, summary: { ...columns.summary, pinned } });
    client.setQueriesData<InfiniteData<TracePage>>({ queryKey: ['traces'] }, (list) => list && withPin(list, traceId, pinned));
  };
  return useMutation({
    mutationFn: (pinned: boolean) => bridge.traces.pin({ traceId, pinned }),
    scope: { id: `pin ${traceId}` },
    onMutate: show,
    onError: (_error, pinned) => show(!pinned),
  });
};

const withPin = (list: InfiniteData<TracePage>, traceId: string, pinned: boolean): InfiniteData<TracePage> => {
  const change = (trace: TraceSummary): TraceSummary => (trace.traceId === traceId ? { ...trace, pinned } : trace);
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
};
