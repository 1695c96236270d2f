import { type Bridge, traceAsOtlp } from '#ui/bridge/index.ts';
import type { ArrivalWindow } from '../range/arrival-choice.ts';

/** Of one file; programs that want more page through `GET /api/traces`. */
export const mostExported = 1000;

const pageSize = 100;

/** The newest traces of a search with their log records, as OTLP JSON Lines. `onTrace` is told how many are done after each. Undefined where it was called off. */
export const searchAsOtlp = async (
  bridge: Bridge,
  search: ArrivalWindow & { query: string },
  signal: AbortSignal,
  onTrace: (done: number) => void,
): Promise<Blob | undefined> => {
  const traces: Blob[] = [];
  let cursor: string | undefined;
  do {
    const page = await bridge.traces.search({ ...search, limit: pageSize, cursor }, { signal });
    for (const { traceId } of page.items) {
      if (signal.aborted) return undefined;
      traces.push(await traceAsOtlp(bridge, traceId));
      onTrace(traces.length);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined && traces.length < mostExported);
  return signal.aborted ? undefined : new Blob(traces, { type: 'application/jsonl' });
};
