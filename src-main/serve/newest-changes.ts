import type { ChangeEvent } from '#proto/bridge/shapes';
import type { Engine } from '#main/engine/interface';

/**
 * The engine's changes as one subscriber reads them. At most one change waits: a newer one takes its place, so that a slow reader costs nothing. Ends, and gives the
 * subscription back, when `signal` aborts or the reader stops.
 */
export async function* newestChanges(engine: Pick<Engine, 'onChange'>, signal: AbortSignal): AsyncGenerator<ChangeEvent, void> {
  let waiting: ChangeEvent | undefined;
  let wake = Promise.withResolvers<void>();
  const end = engine.onChange((change) => {
    waiting = change;
    wake.resolve();
  });
  const onAbort = () => wake.resolve();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      await wake.promise;
      wake = Promise.withResolvers();
      const change = waiting;
      waiting = undefined;
      if (change !== undefined && !signal.aborted) yield change;
    }
  } finally {
    end();
    signal.removeEventListener('abort', onAbort);
  }
}
