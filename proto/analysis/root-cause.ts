import type { SpanTree } from './span-tree.ts';
import type { TraceEvents } from './trace-events.ts';

export interface RootCause {
  /** The deepest failed span on the failing path, in tree order: where to look first. */
  span: number;
  /** Failed spans from the top one down to `span`. */
  path: number[];
  /** The span under which the failure was dealt with: the one right above `path`, which has not failed. `undefined` where the failure came up to the top. */
  handledBy: number | undefined;
}

interface Failures {
  readonly tree: SpanTree;
  readonly isError: Uint8Array;
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
  readonly events: TraceEvents;
}

/**
 * Follows the failure down from the top. At each failed span the cause is, of the failed spans directly below it (with spans that did not record a failure in
 * between), the one that ended last: earlier ones were survived, by a retry for instance, the last one was not. A span that
 * began after the exception was there did not cause it: web frameworks record sending the error page as a failure too. `undefined` where nothing failed.
 */
export const findRootCause = (trace: Failures): RootCause | undefined => {
  const below = lastFailureBelow(trace);
  const path: number[] = [];
  for (let span = below.top; span >= 0; span = below.of[span] ?? -1) path.push(span);
  const span = path.at(-1);
  const top = path[0];
  if (span === undefined || top === undefined) return undefined;
  const above = trace.tree.parent[top] ?? -1;
  return { span, path, handledBy: above < 0 ? undefined : above };
};

interface LastFailures {
  /** The failure that a failed span's is blamed on; -1 where there is none below it. */
  of: Int32Array;
  top: number;
}

const lastFailureBelow = ({ tree, isError, startNs, durationNs, events }: Failures): LastFailures => {
  const of = new Int32Array(tree.size).fill(-1);
  const nearestFailure = new Int32Array(tree.size).fill(-1);
  const endNs = (span: number): number => (startNs[span] ?? 0) + Math.max(0, durationNs[span] ?? 0);
  const isRoot = (span: number): number => (tree.depth[span] === 0 ? 1 : 0);
  let top = -1;
  for (let span = 0; span < tree.size; span++) {
    const above = tree.parent[span] ?? -1;
    if (above >= 0) nearestFailure[span] = isError[above] === 1 ? above : (nearestFailure[above] ?? -1);
    if (isError[span] !== 1) continue;
    const blamed = nearestFailure[span] ?? -1;
    if (blamed >= 0 && (startNs[span] ?? 0) >= lastExceptionNs(events, blamed)) continue;
    const rival = blamed >= 0 ? (of[blamed] ?? -1) : top;
    // A root that failed explains the trace better than a failure that some other root survived.
    const isBetter = rival < 0 || (isRoot(span) !== isRoot(rival) ? isRoot(span) > isRoot(rival) : endNs(span) > endNs(rival));
    if (!isBetter) continue;
    if (blamed >= 0) of[blamed] = span;
    else top = span;
  }
  return { of, top };
};

/** Infinite where the span recorded none. */
const lastExceptionNs = ({ first, ns, isException }: TraceEvents, span: number): number => {
  for (let event = (first[span + 1] ?? 0) - 1; event >= (first[span] ?? 0); event--) {
    if (isException[event] === 1) return ns[event] ?? 0;
  }
  return Number.POSITIVE_INFINITY;
};
