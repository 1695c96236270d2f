import { inWords, nameOf, type Rule } from './rule.ts';

/** No SDK waits so long; less may be a service that tried again for a while. */
const behindMs = 600_000;

/** A habit, over a time in which an import would have moved on. */
const minRequests = 5;
const minPeriodMs = 30_000;

/** A slow clock is behind by the same amount each time, give or take a batch; telemetry that is replayed is not, as a rule. */
const steadyMs = 10_000;

/** Old data is nobody's fault when it is replayed, so this is never more than advice. */
export const clockBehind: Rule = (history) => {
  const ages = history.recent.flatMap(({ newestAgeMs }) => newestAgeMs ?? []);
  const [first] = history.recent;
  if (first === undefined || ages.length < minRequests || history.lastSeenMs - first.receivedMs < minPeriodMs) return undefined;
  const least = Math.min(...ages);
  if (least < behindMs || Math.max(...ages) - least > steadyMs) return undefined;
  return {
    kind: 'clock-off',
    severity: 'advice',
    message: `The newest records of ${nameOf(history)} are always ${inWords(least)} old when they arrive.`,
    fix: 'If it is not replaying old telemetry, the clock of its machine or container is behind this one: set it.',
    setting: '',
    count: ages.length,
    firstSeenMs: first.receivedMs,
  };
};
