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
  const tops = walk.takeChildren(0, trace.tree.size, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  let moment = Number.POSITIVE_INFINITY;
  while (tops.left > 0) {
    moment = Math.min(moment, walk.lastEndNs(tops));
    const first = walk.firstRunning(tops, moment);
    if (first === none) continue;
    walk.through(first, moment);
    moment = trace.startNs[first] ?? 0;
  }
  return walk.path();
};

const none = -1;

/** Children that take time, by end; of those that end together, the first in tree order comes last. A piece of `BackwardWalk.#children`. */
interface Children {
  from: number;
  /** How many have not been looked at, from the last one on. */
  left: number;
}

/** A span that the walk is in: it was entered at its end, and is explained from `momentNs` on. */
interface Visit {
  readonly span: number;
  /** Cut to the parent's. */
  readonly startNs: number;
  readonly children: Children;
  momentNs: number;
}

class BackwardWalk {
  readonly #trace: Shape;
  /** The children of all spans that were entered; each is entered at most once. */
  readonly #children: Int32Array;
  #childrenUsed = 0;
  /** The end of each of those, cut to its parent's. */
  readonly #endNs: Float64Array;
  /** The path, written from the end. A child on it parts its parent's time once, so there are at most two segments a span. */
  readonly #span: Int32Array;
  readonly #segmentStartNs: Float64Array;
  readonly #segmentEndNs: Float64Array;
  #first: number;

  constructor(trace: Shape) {
    const { size } = trace.tree;
    this.#trace = trace;
    this.#children = new Int32Array(size);
    this.#endNs = new Float64Array(size);
    this.#first = 2 * size;
    this.#span = new Int32Array(this.#first);
    this.#segmentStartNs = new Float64Array(this.#first);
    this.#segmentEndNs = new Float64Array(this.#first);
  }

  /** The top spans of a stretch of tree order that take time between the two moments. */
  takeChildren(from: number, end: number, startNs: number, endNs: number): Children {
    const { tree, startNs: startsNs, durationNs } = this.#trace;
    const first = this.#childrenUsed;
    let isSorted = true;
    let latestNs = Number.NEGATIVE_INFINITY;
    for (let child = from; child < end; child = tree.end[child] ?? end) {
      const childStartNs = startsNs[child] ?? 0;
      const childEndNs = Math.min(childStartNs + (durationNs[child] ?? 0), endNs);
      if (childEndNs <= Math.max(childStartNs, startNs) || this.#isMessage(child)) continue;
      this.#children[this.#childrenUsed] = child;
      this.#endNs[child] = childEndNs;
      this.#childrenUsed += 1;
      if (childEndNs <= latestNs) isSorted = false;
      latestNs = childEndNs;
    }
    if (!isSorted) this.#sort(first);
    return { from: first, left: this.#childrenUsed - first };
  }

  #sort(first: number): void {
    const endNs = this.#endNs;
    const taken = this.#children.subarray(first, this.#childrenUsed);
    taken.set(taken.toSorted((a, b) => (endNs[a] ?? 0) - (endNs[b] ?? 0) || b - a));
  }

  #isMessage(span: number): boolean {
    const { tree, kind } = this.#trace;
    const above = tree.parent[span] ?? none;
    return kind[span] === SpanKind.consumer && above !== none && kind[above] === SpanKind.producer;
  }

  #last({ from, left }: Children): number {
    return this.#children[from + left - 1] ?? none;
  }

  lastEndNs(children: Children): number {
    return this.#endNs[this.#last(children)] ?? 0;
  }

  /** Of those that have not ended by the moment, the one that began first, before it. */
  firstRunning(children: Children, momentNs: number): number {
    let first = none;
    for (; children.left > 0 && this.lastEndNs(children) >= momentNs; children.left--) {
      const child = this.#last(children);
      if ((this.#trace.startNs[child] ?? 0) < momentNs && (first === none || child < first)) first = child;
    }
    return first;
  }

  /** The path within a top span, back from a moment at which it runs or ends. */
  through(top: number, momentNs: number): void {
    const visits = [this.#visit(top, this.#trace.startNs[top] ?? 0, momentNs)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const child = this.#lastFinished(visit);
      if (child === none) {
        this.#add(visit.span, visit.startNs, visit.momentNs);
        visits.pop();
        continue;
      }
      const endNs = this.#endNs[child] ?? 0;
      this.#add(visit.span, endNs, visit.momentNs);
      visit.momentNs = Math.max(this.#trace.startNs[child] ?? 0, visit.startNs);
      visits.push(this.#visit(child, visit.momentNs, endNs));
    }
  }

  #visit(span: number, startNs: number, endNs: number): Visit {
    const children = this.takeChildren(span + 1, this.#trace.tree.end[span] ?? 0, startNs, endNs);
    return { span, startNs, children, momentNs: endNs };
  }

  /** The child that finished last of those that had finished by the visit's moment; what ended later was passed over for good, as moments only get earlier. */
  #lastFinished({ children, momentNs }: Visit): number {
    while (children.left > 0) {
      const child = this.#last(children);
      children.left -= 1;
      if ((this.#endNs[child] ?? 0) <= momentNs) return child;
    }
    return none;
  }

  #add(span: number, startNs: number, endNs: number): void {
    if (startNs >= endNs) return;
    this.#first -= 1;
    this.#span[this.#first] = span;
    this.#segmentStartNs[this.#first] = startNs;
    this.#segmentEndNs[this.#first] = endNs;
  }

  path(): CriticalPath {
    return {
      span: this.#span.slice(this.#first),
      startNs: this.#segmentStartNs.slice(this.#first),
      endNs: this.#segmentEndNs.slice(this.#first),
    };
  }
}
