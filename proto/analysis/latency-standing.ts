import type { OperationLatency } from '../bridge/operation-latency.ts';
import { formatCount } from '../text/count.ts';

/** Fewer spans than this say nothing of what is usual. */
export const fewestForStanding = 20;

/** Durations in `OperationLatency` are rounded down by less than this share. */
const rounding = 1 / 512;

/** The largest whole p of which it is certain that p % of the spans were shorter; -1 where none was. `undefined` where there are too few to tell. */
export const shorterPercent = ({ count, percentilesNs }: OperationLatency, durationNs: number): number | undefined => {
  if (count < fewestForStanding) return undefined;
  return percentilesNs.findLastIndex((ns) => ns < durationNs * (1 - rounding));
};

/** How a span's duration compares with those of its operation, in words: "slower than 97 % of 1,204 spans of this operation". `undefined` where there are too few to tell. */
export const latencyStanding = (latency: OperationLatency, durationNs: number): string | undefined => {
  const percent = shorterPercent(latency, durationNs);
  if (percent === undefined) return undefined;
  const spans = `${latency.more ? 'the newest ' : ''}${formatCount(latency.count)} spans of this operation`;
  if (percent < 0) return `none of ${spans} was faster`;
  return percent === 0 ? `among the fastest 1 % of ${spans}` : `slower than ${Math.min(percent, 99)} % of ${spans}`;
};
