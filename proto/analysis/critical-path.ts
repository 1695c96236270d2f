import { SpanKind } from '../model/span.ts';
import type { Trace } from './trace.ts';

/**
 * What the end of a trace waited for: at each moment at most one span. One entry a segment, in order of time, without overlaps; a span has one segment for each stretch between its
 * children on the path. A moment at which no top span runs has none.
 */
export interface CriticalPath {
  /** In tree order. */
  readonly span: Int32Array;
  /** Nanoseconds from the trace's start; `startNs < endNs`. */
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

type Shape = Pick<Trace, 'tree' | 'startNs' | 'durationNs' | 'kind'>;

/**
 * The definition of Jaeger's UI (CriticalPath/index.ts): from the end of a span back to the child that finished last, through that child to its start, then to the child that had finished
 * by then, and so on; what is left is the span's own. A child that still ran when the later one began was not waited for.
 *
 * - A child is cut to its parent's time: what an asynchronous child does after its parent has ended does not hold the parent up. A child outside of it is left out with all below it.
 * - A consumer below a producer is left out with all below it: a message is not waited for.
 * - Spans of no or negative duration take no time. Of children that end together, the one that began first is followed: it explains more.
 * - Top spans (several roots, spans whose parents are missing) have nothing above them that could have worked in between. So of the top spans that run at the moment to which the path has come,
 *   it goes on through the one that began first; where none runs, it has a gap.
 *
 * Times are compared as they are, so children back to back and a start at zero are like any other. No recursion; the children of a span are sorted at most once.
 */
export const criticalPath = (trace: Shape): CriticalPath => {
  const walk = new BackwardWalk(trace);
  const tops = walk.takeChildren({ from: 0, end: trace.tree.size }, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  let moment = Number.POSITIVE_INFINITY;
  let next = tops.length - 1;
  while (next >= 0) {
    moment = Math.min(moment, walk.endNs(tops[next] ?? 0));
    let first = none;
    for (; next >= 0 && walk.endNs(tops[next] ?? 0) >= moment; next--) {
      const top = tops[next] ?? 0;
      if (walk.startNs(top) < moment && (first === none || top < first)) first = top;
    }
    if (first === none) continue;
    walk.through(first, moment);
    moment = walk.startNs(first);
  }
  return walk.path();
};

const none = -1;

/** A span that the walk is in: it was entered at its end and is explained from `momentNs` on. */
interface Visit {
  readonly span: number;
  /** Cut to the parent's. */
  readonly startNs: number;
  readonly endNs: number;
  /** Children that take time, by end; of those that end together, the first in tree order comes last. */
  readonly children: Int32Array;
  /** How many of them have not been looked at. */
  left: number;
  momentNs: number;
}

class BackwardWalk {
  readonly #trace: Shape;
  /** Room for the children of all spans: each is entered at most once. */
  readonly #children: Int32Array;
  #childrenUsed = 0;
  readonly #span: number[] = [];
  readonly #startNs: number[] = [];
  readonly #endNs: number[] = [];

  constructor(trace: Shape) {
    this.#trace = trace;
    this.#children = new Int32Array(trace.tree.size);
  }

  startNs(span: number): number {
    return this.#trace.startNs[span] ?? 0;
  }

  endNs(span: number): number {
    return this.startNs(span) + Math.max(0, this.#trace.durationNs[span] ?? 0);
  }

  /** The path within a top span, back from `endNs`. */
  through(top: number, endNs: number): void {
    const visits = [this.#visit(top, this.startNs(top), Math.min(endNs, this.endNs(top)))];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const child = this.#lastFinished(visit);
      if (child === none) {
        this.#add(visit.span, visit.startNs, visit.momentNs);
        visits.pop();
        continue;
      }
      const childStartNs = Math.max(this.startNs(child), visit.startNs);
      const childEndNs = Math.min(this.endNs(child), visit.endNs);
      this.#add(visit.span, childEndNs, visit.momentNs);
      visit.momentNs = childStartNs;
      visits.push(this.#visit(child, childStartNs, childEndNs));
    }
  }

  #visit(span: number, startNs: number, endNs: number): Visit {
    const children = this.takeChildren({ from: span + 1, end: this.#trace.tree.end[span] ?? 0 }, startNs, endNs);
    return { span, startNs, endNs, children, left: children.length, momentNs: endNs };
  }

  /** The child that finished last of those that had finished by the visit's moment; later moments were asked for before. */
  #lastFinished(visit: Visit): number {
    while (visit.left > 0) {
      visit.left -= 1;
      const child = visit.children[visit.left] ?? none;
      if (Math.min(this.endNs(child), visit.endNs) <= visit.momentNs) return child;
    }
    return none;
  }

  /** The top spans of a stretch of tree order that take time between the two moments, by end within them. */
  takeChildren({ from, end }: { from: number; end: number }, startNs: number, endNs: number): Int32Array {
    const begin = this.#childrenUsed;
    let isSorted = true;
    let latestNs = Number.NEGATIVE_INFINITY;
    for (let child = from; child < end; child = this.#trace.tree.end[child] ?? end) {
      const cutEndNs = Math.min(this.endNs(child), endNs);
      if (cutEndNs <= Math.max(this.startNs(child), startNs) || this.#isMessage(child)) continue;
      this.#children[this.#childrenUsed] = child;
      this.#childrenUsed += 1;
      if (cutEndNs <= latestNs) isSorted = false;
      latestNs = cutEndNs;
    }
    const children = this.#children.subarray(begin, this.#childrenUsed);
    const cutEnd = (child: number): number => Math.min(this.endNs(child), endNs);
    return isSorted ? children : children.toSorted((a, b) => cutEnd(a) - cutEnd(b) || b - a);
  }

  #isMessage(span: number): boolean {
    const { tree, kind } = this.#trace;
    const above = tree.parent[span] ?? none;
    return kind[span] === SpanKind.consumer && above !== none && kind[above] === SpanKind.producer;
  }

  #add(span: number, startNs: number, endNs: number): void {
    if (startNs >= endNs) return;
    this.#span.push(span);
    this.#startNs.push(startNs);
    this.#endNs.push(endNs);
  }

  path(): CriticalPath {
    return {
      span: Int32Array.from(this.#span.toReversed()),
      startNs: Float64Array.from(this.#startNs.toReversed()),
      endNs: Float64Array.from(this.#endNs.toReversed()),
    };
  }
}
