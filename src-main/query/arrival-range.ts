import type { UnixNano } from '#proto/model/time';
import type { ArrivalRange } from '#main/store/interface';

/** A range of times of arrival as the bridge has it. */
export interface ArrivalInput {
  from?: UnixNano | undefined;
  /** Not included. */
  to?: UnixNano | undefined;
}

/** This machine's clock never shows more: what is asked for beyond means no end. */
const endOfTimeNs = 2n ** 63n - 1n;

export function arrivalRange({ from, to }: ArrivalInput): ArrivalRange {
  return { fromNs: timeOf(from), toNs: timeOf(to) };
}

function timeOf(text: UnixNano | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const ns = BigInt(text);
  return ns < endOfTimeNs ? ns : endOfTimeNs;
}
