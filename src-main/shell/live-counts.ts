import type { EngineClient } from './engine-client.ts';

/** What the tray shows of the store. */
export interface Counts {
  traces: number;
  spans: number;
  /** Spans with status ERROR. */
  errors: number;
  logs: number;
}

/** A glance at the tray needs no more; each refresh costs two questions. */
const refreshMs = 1_000;

/** Tells `show` the counts now and, while they change, once a second. Ends when `signal` aborts or the engine does. */
export async function followCounts(engine: EngineClient, show: (counts: Counts) => void, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let waitMs = 0;
  const refresh = async (): Promise<void> => {
    timer = undefined;
    const counts = await readCounts(engine).catch(() => undefined);
    // The store could not answer just now: the last counts stay until the next change.
    if (counts !== undefined && !signal.aborted) show(counts);
  };
  try {
    const changes = await engine.changes(undefined, { signal });
    while (!(await changes.next()).done) {
      timer ??= setTimeout(() => void refresh(), waitMs);
      waitMs = refreshMs;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function readCounts(engine: EngineClient): Promise<Counts> {
  const [{ stored }, { items }] = await Promise.all([engine.status(), engine.services()]);
  const errors = items.reduce((sum, service) => sum + service.errorCount, 0);
  return { traces: stored.traces, spans: stored.spans, errors, logs: stored.logs };
}
