import { inWords, nameOf, type Rule } from './rule.ts';

/** Nothing can arrive before it happened, so one record is enough (`aheadToleranceMs` has been taken off already). */
export const clockAhead: Rule = (history) => {
  if (history.aheadRecords === 0) return undefined;
  return {
    kind: 'clock-off',
    severity: 'warning',
    message: `Records of ${nameOf(history)} are stamped ${inWords(history.aheadMs)} in the future.`,
    fix: 'The clock of its machine or container is ahead of this one: set it, or restart the virtual machine that lost its time. Until then its spans stand in the wrong place beside those of other services.',
    setting: '',
    count: history.aheadRecords,
    firstSeenMs: history.aheadFirstMs,
    lastSeenMs: history.aheadLastMs,
  };
};
