import type { TimeWindow } from '#proto/analysis/time-window';
import { boundsOf, type Trace } from '#proto/analysis/trace';

/** The part of a trace that a timeline is of: all of it, or one span with all below it. */
export interface TimelineScope {
  /** The span at the top; undefined for the whole trace. */
  readonly root: number | undefined;
  /** Spans from `first` up to, not including, `end`, in tree order. */
  readonly first: number;
  readonly end: number;
  /** Depth of what stands at the left edge. */
  readonly depth: number;
  readonly bounds: TimeWindow;
}

export const scopeOf = (trace: Trace, root: number | undefined): TimelineScope => {
  const { tree, startNs, durationNs, bounds } = trace;
  if (root === undefined) return { root, first: 0, end: tree.size, depth: 0, bounds };
  const end = tree.end[root] ?? root + 1;
  return {
    root,
    first: root,
    end,
    depth: tree.depth[root] ?? 0,
    bounds: boundsOf(startNs.subarray(root, end), durationNs.subarray(root, end)),
  };
};

export const isInScope = ({ first, end }: TimelineScope, span: number): boolean => span >= first && span < end;

/** The way down to a span: what stands above it, the topmost first. */
export const ancestorsOf = ({ tree }: Pick<Trace, 'tree'>, span: number): number[] => {
  const above: number[] = [];
  for (let next = tree.parent[span] ?? -1; next >= 0; next = tree.parent[next] ?? -1) above.push(next);
  return above.toReversed();
};
