import type { SpanTree } from '#proto/analysis/span-tree';

/** What a timeline lists: the spans that no collapsed ancestor hides, top to bottom. */
export interface TimelineRows {
  /** Span (in tree order) of each row. */
  readonly spans: Int32Array;
  /** Row of each span; of a hidden span the row of the collapsed ancestor that stands for it. */
  readonly rowOf: Int32Array;
}

/** One pass: a collapsed span is listed, and the walk goes on behind its subtree. */
export const visibleRows = (tree: SpanTree, collapsed: Uint8Array): TimelineRows => {
  const spans = new Int32Array(tree.size);
  const rowOf = new Int32Array(tree.size);
  let count = 0;
  for (let span = 0; span < tree.size;) {
    const next = collapsed[span] === 1 ? (tree.end[span] ?? span + 1) : span + 1;
    spans[count] = span;
    rowOf.fill(count, span, next);
    count += 1;
    span = next;
  }
  return { spans: spans.subarray(0, count), rowOf };
};

export const isVisible = (rows: TimelineRows, span: number): boolean => rows.spans[rows.rowOf[span] ?? -1] === span;

/** The next failed span in tree order, hidden ones too, going round at the end. `undefined` where nothing failed. */
export const nextError = (isError: Uint8Array, from: number, step: 1 | -1): number | undefined => {
  const size = isError.length;
  for (let distance = 1; distance <= size; distance++) {
    const span = (((from + step * distance) % size) + size) % size;
    if (isError[span] === 1) return span;
  }
  return undefined;
};
