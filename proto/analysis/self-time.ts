import type { Trace } from './trace.ts';

/**
 * Nanoseconds that each span spent itself, in tree order: its duration less the time in which at least one of its children ran, children being cut to the span. Zero where a span ends before
 * it starts. Children at the same time are not counted twice; what a child does after its parent has ended is not taken from it.
 */
export const selfTimes = ({ tree, startNs, durationNs }: Pick<Trace, 'tree' | 'startNs' | 'durationNs'>): Float64Array => {
  const selfNs = new Float64Array(tree.size);
  /** Up to where the span's children seen so far reach. They come in order of start. */
  const reachedNs = new Float64Array(tree.size);
  for (let span = 0; span < tree.size; span++) {
    const start = startNs[span] ?? 0;
    const duration = Math.max(0, durationNs[span] ?? 0);
    selfNs[span] = duration;
    reachedNs[span] = start;
    const above = tree.parent[span] ?? -1;
    if (above < 0) continue;
    const from = Math.max(start, reachedNs[above] ?? 0);
    const to = Math.min(start + duration, (startNs[above] ?? 0) + Math.max(0, durationNs[above] ?? 0));
    if (to <= from) continue;
    selfNs[above] = (selfNs[above] ?? 0) - (to - from);
    reachedNs[above] = to;
  }
  return selfNs;
};
