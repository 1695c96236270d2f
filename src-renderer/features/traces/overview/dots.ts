import type { TracePoint } from '#proto/bridge/trace-overview';
import { msOfNs } from '../range/arrival-choice.ts';
import { type DurationScale, pxOfMs, type TimeDomain } from './chart-scale.ts';

/** Where a trace is drawn. */
export interface Dot {
  px: number;
  py: number;
  point: TracePoint;
}

/** As near to a dot as a pointer has to be to mean it. */
const reachPx = 10;

export const dotsOf = (points: readonly TracePoint[], domain: TimeDomain, scale: DurationScale, widthPx: number): Dot[] =>
  points.map((point) => ({
    px: pxOfMs(domain, widthPx, msOfNs(point.receivedTimeUnixNano)),
    py: scale.pxOf(point.durationNano),
    point,
  }));

/** The nearest that is within reach; of equally near ones one that failed, which is drawn on top. */
export const nearestDot = (dots: readonly Dot[], px: number, py: number): Dot | undefined => {
  let nearest: Dot | undefined;
  let least = reachPx ** 2;
  for (const dot of dots) {
    const distance = (dot.px - px) ** 2 + (dot.py - py) ** 2;
    if (distance > least || (distance === least && nearest?.point.isError === true)) continue;
    nearest = dot;
    least = distance;
  }
  return nearest;
};
