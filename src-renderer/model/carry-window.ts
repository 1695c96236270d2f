import { nsSince } from './ns-since.ts';
import type { TimeWindow } from '#proto/analysis/time-window';
import { clampWindow, isWhole } from './time-scale.ts';
import type { Trace } from '#proto/analysis/trace';

/**
 * The same moments after late spans have arrived. Offsets count from the earliest span, so one that started earlier moves all of them; a window on the whole trace
 * stays on the whole trace.
 */
export const carryWindow = (
  window: TimeWindow,
  before: Pick<Trace, 'summary' | 'bounds'>,
  after: Pick<Trace, 'summary' | 'bounds'>,
): TimeWindow => {
  if (isWhole(window, before.bounds)) return after.bounds;
  const shiftNs = nsSince(after.summary.startTimeUnixNano, before.summary.startTimeUnixNano);
  return clampWindow({ startNs: window.startNs + shiftNs, endNs: window.endNs + shiftNs }, after.bounds);
};
