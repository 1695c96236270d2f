import type { SpanTree } from '#proto/analysis/span-tree';

/** What a timeline lists, top to bottom: the spans that neither a collapsed ancestor nor a folded run hides, and a row for each of those runs. */
export interface TimelineRows {
  /** Span (in tree order) of each row; of a folded run its first one. */
  readonly spans: Int32Array;
  /** The folded run that a row stands for; -1 for a row that is a span. */
  readonly runs: Int32Array;
  /** Row of each span; of a hidden span the row that stands for it. -1 for a span that is not listed at all. */
  readonly rowOf: Int32Array;
}

/** Which part of the tree is listed, and what of it is hidden. */
export interface Listing {
  readonly tree: SpanTree;
  /** Spans from `first` up to, not including, `end`; a `root` is listed even where it is in a folded run. */
  readonly scope: { readonly root: number | undefined; readonly first: number; readonly end: number };
  /** One flag a span. */
  readonly collapsed: Uint8Array;
  readonly runs: { readonly of: Int32Array; readonly end: Int32Array };
  /** One flag a run. */
  readonly foldedRuns: Uint8Array;
}

/** One pass: what is collapsed or folded is listed, and the walk goes on behind it. */
export const visibleRows = ({ tree, scope, collapsed, runs, foldedRuns }: Listing): TimelineRows => {
  const spans = new Int32Array(scope.end - scope.first);
  const rowRuns = new Int32Array(scope.end - scope.first).fill(-1);
  const rowOf = new Int32Array(tree.size).fill(-1);
  let count = 0;
  for (let span = scope.first; span < scope.end;) {
    const run = span === scope.root ? -1 : (runs.of[span] ?? -1);
    const isFolded = run >= 0 && foldedRuns[run] === 1;
    const next = isFolded ? (runs.end[run] ?? span + 1) : collapsed[span] === 1 ? (tree.end[span] ?? span + 1) : span + 1;
    spans[count] = span;
    if (isFolded) rowRuns[count] = run;
    if (next === span + 1) rowOf[span] = count;
    else rowOf.fill(count, span, next);
    count += 1;
    span = next;
  }
  return { spans: spans.subarray(0, count), runs: rowRuns.subarray(0, count), rowOf };
};

/** Whether a span has a row of its own. */
export const isVisible = (rows: TimelineRows, span: number): boolean => {
  const row = rows.rowOf[span] ?? -1;
  return rows.spans[row] === span && rows.runs[row] === -1;
};

/** The next failed span in tree order, hidden ones too, going round at the end of `[first, end)`. `undefined` where nothing failed. */
export const nextError = (
  isError: Uint8Array,
  from: number,
  step: 1 | -1,
  { first, end }: { first: number; end: number } = { first: 0, end: isError.length },
): number | undefined => {
  const size = end - first;
  for (let distance = 1; distance <= size; distance++) {
    const span = first + ((((from - first + step * distance) % size) + size) % size);
    if (isError[span] === 1) return span;
  }
  return undefined;
};
