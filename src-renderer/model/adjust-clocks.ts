import { boundsOf, type Trace } from '#proto/analysis/trace';
import type { SpanTree } from '#proto/analysis/span-tree';
import type { LogMarks } from './log-marks.ts';

/** A trace with each span, and what happened in it, moved by the nanoseconds that `clockSkew` guesses. The order stays that of the trace as it was sent. */
export const adjustClocks = (trace: Trace, shiftNs: Float64Array): Trace => {
  const startNs = trace.startNs.map((start, span) => start + (shiftNs[span] ?? 0));
  return {
    ...trace,
    startNs,
    events: { ...trace.events, ns: moved(trace.events, trace.tree, shiftNs) },
    bounds: boundsOf(startNs, trace.durationNs),
  };
};

export const adjustLogs = (marks: LogMarks, tree: SpanTree, shiftNs: Float64Array): LogMarks => ({
  ...marks,
  ns: moved(marks, tree, shiftNs),
});

const moved = ({ first, ns }: { first: Int32Array; ns: Float64Array }, tree: SpanTree, shiftNs: Float64Array): Float64Array => {
  const movedNs = ns.slice();
  for (let span = 0; span < tree.size; span++) {
    for (let index = first[span] ?? 0; index < (first[span + 1] ?? 0); index++) movedNs[index] = (ns[index] ?? 0) + (shiftNs[span] ?? 0);
  }
  return movedNs;
};
