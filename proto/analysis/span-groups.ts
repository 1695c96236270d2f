import type { Dimension } from './dimension.ts';
import type { Trace } from './trace.ts';

/** The spans that share one value of a dimension, summed up. Spans that end before they start count as 0 ns. */
export interface SpanGroup {
  /** Index in the labels of the dimension. */
  readonly code: number;
  readonly count: number;
  readonly errors: number;
  /** Of spans that lie in another span of the same group only the outer one counts, so that what a service calls in itself is not counted again. */
  readonly totalNs: number;
  /** Of all its spans. */
  readonly selfNs: number;
  readonly averageNs: number;
  /** Percentiles by nearest rank: always the duration of a span that is there. */
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly maxNs: number;
  /** Of the self time of all spans that were looked at, from 0 to 1: the shares of all groups make up 1. */
  readonly share: number;
  /** The first of its longest spans. */
  readonly slowest: number;
}

type Times = Pick<Trace, 'tree' | 'durationNs' | 'isError'>;

/**
 * Sums up `spans` (in tree order, that is ascending) by a dimension, one entry a value that occurs, in order of its code. Sorting the durations of each group is all that is not
 * linear.
 */
export const spanGroups = (
  { tree, durationNs, isError }: Times,
  selfNs: Float64Array,
  { labels, codes }: Dimension,
  spans: Int32Array,
): SpanGroup[] => {
  const sums = labels.map(() => ({ count: 0, errors: 0, totalNs: 0, selfNs: 0, maxNs: -1, slowest: -1 }));
  /** Where the outermost open span of each group ends, in tree order. */
  const outerEnd = new Int32Array(labels.length);
  let allSelfNs = 0;
  for (const span of spans) {
    const code = codes[span] ?? 0;
    const sum = sums[code];
    if (sum === undefined) continue;
    const ns = Math.max(0, durationNs[span] ?? 0);
    sum.count += 1;
    sum.errors += isError[span] ?? 0;
    sum.selfNs += selfNs[span] ?? 0;
    allSelfNs += selfNs[span] ?? 0;
    if (ns > sum.maxNs) [sum.maxNs, sum.slowest] = [ns, span];
    if (span < (outerEnd[code] ?? 0)) continue;
    sum.totalNs += ns;
    outerEnd[code] = tree.end[span] ?? 0;
  }
  const sorted = durationsByGroup(
    durationNs,
    codes,
    spans,
    sums.map(({ count }) => count),
  );
  return sums.flatMap((sum, code) => {
    const durations = sorted[code];
    if (durations === undefined || sum.count === 0) return [];
    return {
      ...sum,
      code,
      averageNs: durations.reduce((total, ns) => total + ns, 0) / sum.count,
      p50Ns: percentile(durations, 0.5),
      p95Ns: percentile(durations, 0.95),
      share: allSelfNs === 0 ? 0 : sum.selfNs / allSelfNs,
    };
  });
};

/** Ascending, group by group. */
const durationsByGroup = (durationNs: Float64Array, codes: Uint32Array, spans: Int32Array, counts: readonly number[]): Float64Array[] => {
  const groups = counts.map((count) => new Float64Array(count));
  const filled = new Uint32Array(counts.length);
  for (const span of spans) {
    const code = codes[span] ?? 0;
    const at = filled[code] ?? 0;
    const group = groups[code];
    if (group !== undefined) group[at] = Math.max(0, durationNs[span] ?? 0);
    filled[code] = at + 1;
  }
  for (const group of groups) group.sort();
  return groups;
};

/** Nearest rank: the least value that at least `share` of all do not exceed. 0 where there is none. */
export const percentile = (ascending: Float64Array, share: number): number =>
  ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? 0;
