import type { LogPosition, LogQuery } from '../../interface.ts';

/** Negative where `a` is listed before `b`. */
export type LogComparison = (a: LogPosition, b: LogPosition) => number;

export function comparisonFor(order: LogQuery['order']): LogComparison {
  return order === 'oldest' ? oldestFirst : (a, b) => oldestFirst(b, a);
}

function oldestFirst(a: LogPosition, b: LogPosition): number {
  if (a.effectiveTimeNs === b.effectiveTimeNs) return a.id - b.id;
  return a.effectiveTimeNs < b.effectiveTimeNs ? -1 : 1;
}
