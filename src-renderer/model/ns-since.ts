import type { UnixNano } from '#proto/model/time';

/** Nanoseconds from one absolute time to another: taken apart as integers, since neither fits a number, while their difference does for 104 days. */
export const nsSince = (from: UnixNano, to: UnixNano): number => Number(BigInt(to) - BigInt(from));
