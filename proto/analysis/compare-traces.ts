import { alignPaths } from './align-paths.ts';
import { foldPaths, Operations, type PathTree } from './path-tree.ts';
import { buildSpanTree, type SpanTree } from './span-tree.ts';
import type { Trace } from './trace.ts';

const none = -1;

/** What one trace has at each node of a comparison. */
export interface ComparedSide {
  readonly trace: Trace;
  /** The first span there, in tree order; -1 where the trace has none. */
  readonly span: Int32Array;
  /** How often it ran, and what that took in all. 0 where the trace has none. */
  readonly count: Int32Array;
  readonly errorCount: Int32Array;
  readonly totalNs: Float64Array;
  readonly selfNs: Float64Array;
}

/** Two traces laid on top of each other: nodes in tree order, as spans are in a trace, so that the same loops walk, fold and count them. */
export interface TraceComparison {
  readonly tree: SpanTree;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
}

/** Aligns two traces by structure (`align-paths.ts`), repeated siblings being one node (`path-tree.ts`). Linear in the number of spans. */
export const compareTraces = (a: Trace, b: Trace): TraceComparison => {
  const operations = new Operations();
  const [ofA, ofB] = [foldPaths(a, operations), foldPaths(b, operations)];
  const alignment = alignPaths(ofA, ofB, operations);
  const tree = buildSpanTree({ parent: Int32Array.from(alignment.parent), offsetNs: Float64Array.from(alignment.rank) });
  return { tree, a: sideOf(a, ofA, alignment.a, tree), b: sideOf(b, ofB, alignment.b, tree) };
};

/** The service and the name of a node: those of B where both have it. */
export const operationAt = ({ a, b }: TraceComparison, node: number): { service: string; name: string; kind: number } => {
  const { trace, span } = (b.span[node] ?? none) >= 0 ? b : a;
  const at = span[node] ?? none;
  return { service: trace.service.at(at), name: trace.name.at(at), kind: trace.kind[at] ?? 0 };
};

/** In which of the traces a node is. */
export type Presence = 'both' | 'a' | 'b';

export const presenceAt = ({ a, b }: TraceComparison, node: number): Presence =>
  (a.span[node] ?? none) < 0 ? 'b' : (b.span[node] ?? none) < 0 ? 'a' : 'both';

const sideOf = (trace: Trace, paths: PathTree, nodes: readonly number[], tree: SpanTree): ComparedSide => {
  const side = {
    trace,
    span: new Int32Array(tree.size).fill(none),
    count: new Int32Array(tree.size),
    errorCount: new Int32Array(tree.size),
    totalNs: new Float64Array(tree.size),
    selfNs: new Float64Array(tree.size),
  };
  for (let node = 0; node < tree.size; node++) {
    const path = nodes[tree.row[node] ?? none] ?? none;
    if (path < 0) continue;
    side.span[node] = paths.firstSpan[path] ?? none;
    side.count[node] = paths.count[path] ?? 0;
    side.errorCount[node] = paths.errorCount[path] ?? 0;
    side.totalNs[node] = paths.totalNs[path] ?? 0;
    side.selfNs[node] = paths.selfNs[path] ?? 0;
  }
  return side;
};
