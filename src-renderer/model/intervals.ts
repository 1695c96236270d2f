/** Stretches of time, earliest start first; they may overlap. */
export interface Intervals {
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** The latest end of this and of all before it. */
  readonly reachNs: Float64Array;
}

/** Stretches in any order, turned round where they end before they start. */
export const intervalsOf = (startNs: Float64Array, endNs: Float64Array): Intervals => {
  const order = Int32Array.from(startNs, (_, index) => index);
  const from = (index: number): number => Math.min(startNs[index] ?? 0, endNs[index] ?? 0);
  const to = (index: number): number => Math.max(startNs[index] ?? 0, endNs[index] ?? 0);
  if (order.some((index) => index > 0 && from(index) < from(index - 1))) order.sort((a, b) => from(a) - from(b) || a - b);
  const reachNs = new Float64Array(order.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < order.length; index++) reachNs[index] = latest = Math.max(latest, to(order[index] ?? 0));
  return { startNs: Float64Array.from(order, from), endNs: Float64Array.from(order, to), reachNs };
};

/**
 * The time that the stretches cover between two moments, as few pieces: gaps shorter than `gapNs` are closed, and only each piece's beginning is looked for. So drawing a hundred thousand of them takes as
 * many steps as there are pixels.
 */
export const eachCovered = (
  { startNs, reachNs }: Intervals,
  { startNs: fromNs, endNs: toNs }: { startNs: number; endNs: number },
  gapNs: number,
  visit: (startNs: number, endNs: number) => void,
): void => {
  for (let index = firstAtLeast(reachNs, fromNs); index < startNs.length && (startNs[index] ?? 0) <= toNs;) {
    const begin = startNs[index] ?? 0;
    let end = reachNs[index] ?? 0;
    for (;;) {
      const next = firstAtLeast(startNs, end + gapNs);
      const grown = reachNs[next - 1] ?? end;
      index = next;
      if (grown <= end || end > toNs) break;
      end = grown;
    }
    visit(begin, end);
  }
};

/** The stretches that begin between two moments, one for each that begins within `stepNs` of the one visited before: `count` is how many it stands for, `endNs` its own end. */
export const eachStart = (
  { startNs, endNs }: Intervals,
  { startNs: fromNs, endNs: toNs }: { startNs: number; endNs: number },
  stepNs: number,
  visit: (startNs: number, endNs: number, count: number) => void,
): void => {
  for (let index = firstAtLeast(startNs, fromNs); index < startNs.length && (startNs[index] ?? 0) <= toNs;) {
    const begin = startNs[index] ?? 0;
    const next = Math.max(index + 1, firstAtLeast(startNs, begin + stepNs));
    visit(begin, endNs[index] ?? 0, next - index);
    index = next;
  }
};

/** Index of the first entry that is not below `value`, of entries that never fall. */
const firstAtLeast = (ascending: Float64Array, value: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
