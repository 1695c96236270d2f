import { queryOptions } from '@tanstack/react-query';
import type { CompletionsOf } from '#proto/bridge/completions';
import type { Bridge } from './connection.ts';

/** Counts that are some seconds old are good enough to choose from. */
const staleMs = 5000;

/** What a query may go on as. While a letter more is asked for, the answer of the letter before stays, as long as it was of the same key. */
export function completionsQuery(bridge: Bridge, input: Omit<CompletionsOf, 'limit'>) {
  const { prefix, ...of } = input;
  const place = JSON.stringify(of);
  return queryOptions({
    queryKey: ['completions', place, prefix],
    queryFn: ({ signal }) => bridge.completions({ ...input, limit: 20 }, { signal }),
    staleTime: staleMs,
    placeholderData: (before, query) => (query?.queryKey[1] === place ? before : undefined),
  });
}
