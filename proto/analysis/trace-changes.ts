import { type Presence, presenceAt, type TraceComparison } from './compare-traces.ts';

/** What is different at one node, or at one that only one trace has together with all that is below it. */
export interface TraceChange {
  /** Of the comparison, in tree order. */
  readonly node: number;
  /** Where it is. What only one trace has is one change from its topmost node down. */
  readonly presence: Presence;
  /** Nanoseconds that B spent there itself beyond what A did, children not counted. The sum over all changes is all the difference in work that there is. */
  readonly selfChangeNs: number;
  /** Spans of each trace that are meant: more than at the node alone where a whole subtree is. */
  readonly spansInA: number;
  readonly spansInB: number;
  readonly errorsInA: number;
  readonly errorsInB: number;
}

/**
 * Everything that is different, biggest first. Self time ranks, because it stands where the time went: by duration, every ancestor of a slow query would come before it. Among equal ones the number of spans
 * does, then of errors, then the place in the tree.
 */
export const traceChanges = (comparison: TraceComparison): TraceChange[] => {
  const changes: TraceChange[] = [];
  const { tree } = comparison;
  const isWhole = wholeSubtrees(comparison);
  for (let node = 0; node < tree.size;) {
    const end = isWhole[node] === 1 ? (tree.end[node] ?? node + 1) : node + 1;
    const change = changeOf(comparison, node, end);
    if (change.selfChangeNs !== 0 || change.spansInA !== change.spansInB || change.errorsInA !== change.errorsInB) changes.push(change);
    node = end;
  }
  return changes.toSorted(
    (one, other) =>
      Math.abs(other.selfChangeNs) - Math.abs(one.selfChangeNs) ||
      Math.abs(other.spansInB - other.spansInA) - Math.abs(one.spansInB - one.spansInA) ||
      Math.abs(other.errorsInB - other.errorsInA) - Math.abs(one.errorsInB - one.errorsInA) ||
      one.node - other.node,
  );
};

const changeOf = (comparison: TraceComparison, node: number, end: number): TraceChange => {
  const { a, b } = comparison;
  return {
    node,
    presence: presenceAt(comparison, node),
    selfChangeNs: sum(b.selfNs, node, end) - sum(a.selfNs, node, end),
    spansInA: sum(a.count, node, end),
    spansInB: sum(b.count, node, end),
    errorsInA: sum(a.errorCount, node, end),
    errorsInB: sum(b.errorCount, node, end),
  };
};

const sum = (column: Float64Array | Int32Array, from: number, end: number): number => {
  let total = 0;
  for (let node = from; node < end; node++) total += column[node] ?? 0;
  return total;
};

/** 1 for each node that only one trace has, and below which is nothing that the other one has: children are looked at before their parents. */
const wholeSubtrees = (comparison: TraceComparison): Uint8Array => {
  const { tree } = comparison;
  const isWhole = new Uint8Array(tree.size).fill(1);
  for (let node = tree.size - 1; node >= 0; node--) {
    const presence = presenceAt(comparison, node);
    if (presence === 'both') isWhole[node] = 0;
    const parent = tree.parent[node] ?? -1;
    if (parent >= 0 && (isWhole[node] === 0 || presenceAt(comparison, parent) !== presence)) isWhole[parent] = 0;
  }
  return isWhole;
};
