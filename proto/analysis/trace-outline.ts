import type { Trace } from './trace.ts';

/** A line of an outline: a span, or some leaves in a row that are alike. */
export interface OutlineLine {
  /** The first of `count`. */
  readonly span: number;
  readonly count: number;
  /** Descendants that have no line of their own, and no line between them and this one. */
  hidden: number;
}

export interface TraceOutline {
  /** In tree order; with a span, all that are above it have a line. */
  readonly lines: readonly OutlineLine[];
  /** Top spans without a line, with all below them. */
  readonly hiddenTops: number;
}

type Shape = Pick<Trace, 'tree' | 'durationNs' | 'kind' | 'isError' | 'name' | 'service'>;

/** Two in a row are as quickly read as folded. */
const fewestInRun = 3;

/**
 * A trace in at most so many lines, for reading as text. Leaves of one parent that follow each other with the same service, name and kind, without an error, share a line. Where that is not
 * enough, spans that failed and then longer ones come first, each with all that are above it.
 */
export const traceOutline = (trace: Shape, mostLines: number): TraceOutline => {
  const runs = runsOf(trace);
  const shown = chooseSpans(trace, runs, mostLines);
  const lines: OutlineLine[] = [];
  /** The line that stands for each span: its own, or that of the nearest span above that has one. */
  const lineOf: (OutlineLine | undefined)[] = [];
  let hiddenTops = 0;
  for (let span = 0; span < trace.tree.size; span++) {
    const above = lineOf[trace.tree.parent[span] ?? -1];
    if (runs.first[span] !== span) {
      const first = lineOf[runs.first[span] ?? 0];
      lineOf[span] = first;
      if (shown[runs.first[span] ?? 0] !== 1) addHidden(above);
    } else if (shown[span] === 1) {
      const line = { span, count: runs.count[span] ?? 1, hidden: 0 };
      lines.push(line);
      lineOf[span] = line;
    } else {
      lineOf[span] = above;
      addHidden(above);
    }
  }
  return { lines, hiddenTops };

  function addHidden(line: OutlineLine | undefined): void {
    if (line === undefined) hiddenTops += 1;
    else line.hidden += 1;
  }
};

interface Runs {
  /** Of each span, the first span of its run; itself where it is alone. */
  readonly first: Int32Array;
  /** Of the first span of each run, how many it has. */
  readonly count: Int32Array;
}

/** Leaves of one parent that follow each other are neighbours in tree order. */
const runsOf = (trace: Shape): Runs => {
  const { size } = trace.tree;
  const first = new Int32Array(size);
  const count = new Int32Array(size);
  for (let span = 0; span < size;) {
    let end = span + 1;
    while (end < size && isAlike(trace, span, end)) end++;
    if (end - span < fewestInRun) end = span + 1;
    first.fill(span, span, end);
    count[span] = end - span;
    span = end;
  }
  return { first, count };
};

const isAlike = ({ tree, kind, isError, name, service }: Shape, a: number, b: number): boolean =>
  tree.parent[a] === tree.parent[b] &&
  tree.end[a] === a + 1 &&
  tree.end[b] === b + 1 &&
  isError[a] === 0 &&
  isError[b] === 0 &&
  kind[a] === kind[b] &&
  name.codes[a] === name.codes[b] &&
  service.codes[a] === service.codes[b];

/** 1 for each first span of a run that gets a line. */
const chooseSpans = ({ tree, durationNs, isError }: Shape, { first }: Runs, mostLines: number): Uint8Array => {
  const shown = new Uint8Array(tree.size);
  const ranked = first.filter((one, span) => one === span);
  const errorFirst = (a: number, b: number): number => (isError[b] ?? 0) - (isError[a] ?? 0);
  if (ranked.length > mostLines) ranked.sort((a, b) => errorFirst(a, b) || (durationNs[b] ?? 0) - (durationNs[a] ?? 0) || a - b);
  let left = mostLines;
  for (const span of ranked) {
    if (left === 0) break;
    const path: number[] = [];
    for (let at = span; at >= 0 && shown[at] === 0 && path.length <= left; at = tree.parent[at] ?? -1) path.push(at);
    if (path.length > left) continue;
    for (const at of path) shown[at] = 1;
    left -= path.length;
  }
  return shown;
};
