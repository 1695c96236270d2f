import type { SpanTree } from '#proto/analysis/span-tree';
import type { TraceComparison } from '#proto/analysis/compare-traces';
import type { TraceChange } from '#proto/analysis/trace-changes';
import type { TimelineRows } from '#ui/model/timeline-rows.ts';

/** A node whose own time moved by less than this share of the longer trace is not called changed: no trace takes exactly as long as the one before. */
const leastShare = 0.01;

/** The changes that are worth a look. */
export const notableChanges = ({ a, b }: TraceComparison, changes: readonly TraceChange[]): TraceChange[] => {
  const longestNs = Math.max(Number(a.trace.summary.durationNano), Number(b.trace.summary.durationNano));
  return changes.filter(
    ({ selfChangeNs, presence, spansInA, spansInB, errorsInA, errorsInB }) =>
      presence !== 'both' || spansInA !== spansInB || errorsInA !== errorsInB || Math.abs(selfChangeNs) >= leastShare * longestNs,
  );
};

/** One flag a node: it has changed, or something below it has, or it is a part of what only one trace has. */
export const nodesWithChanges = (tree: SpanTree, changes: readonly TraceChange[]): Uint8Array => {
  const flags = new Uint8Array(tree.size);
  for (const { node, presence } of changes) {
    flags.fill(1, node, presence === 'both' ? node + 1 : tree.end[node]);
    for (let above = tree.parent[node] ?? -1; above >= 0 && flags[above] === 0; above = tree.parent[above] ?? -1) flags[above] = 1;
  }
  return flags;
};

/** The nodes to list, in the form in which the keys of a tree take them. `collapsed` and `listed`: one flag a node, `listed` absent where all are; a node that is not takes all below it along. */
export const comparisonRows = (tree: SpanTree, collapsed: Uint8Array, listed: Uint8Array | undefined): TimelineRows => {
  const spans = new Int32Array(tree.size);
  const rowOf = new Int32Array(tree.size).fill(-1);
  let count = 0;
  for (let node = 0; node < tree.size;) {
    const end = tree.end[node] ?? node + 1;
    if (listed?.[node] === 0) {
      node = end;
      continue;
    }
    const next = collapsed[node] === 1 ? end : node + 1;
    rowOf.fill(count, node, next);
    spans[count] = node;
    count += 1;
    node = next;
  }
  return { spans: spans.subarray(0, count), runs: new Int32Array(count).fill(-1), rowOf };
};
