import { longWaitMs } from '../facts.ts';
import { nameOf, type Rule } from './rule.ts';

/** One slow request is a machine that slept or a receiver that was off for a while. */
const minSlowRequests = 4;

/** Half of the spans or more have waited for `longWaitMs`: their median has. */
export const slowBatches: Rule = (history) => {
  const requests = history.recent.filter(({ waited }) => waited > 0);
  const slow = requests.filter(({ waited, waitedLong }) => waitedLong * 2 >= waited);
  if (slow.length < minSlowRequests || slow.length * 2 <= requests.length) return undefined;
  const waited = slow.reduce((sum, request) => sum + request.waited, 0);
  const waitedMs = slow.reduce((sum, request) => sum + request.waitedMs, 0);
  const seconds = Math.max(waitedMs / waited, longWaitMs) / 1000;
  return {
    kind: 'slow-batches',
    severity: 'advice',
    message: `Spans of ${nameOf(history)} arrive about ${seconds.toFixed(1)} s after they have ended.`,
    fix: 'Its SDK collects them and sends every 5 seconds unless it is told otherwise. Half a second suits a person who is watching.',
    setting: 'OTEL_BSP_SCHEDULE_DELAY=500\nOTEL_BLRP_SCHEDULE_DELAY=500',
    count: slow.length,
    firstSeenMs: slow[0]?.receivedMs ?? history.firstSeenMs,
  };
};
