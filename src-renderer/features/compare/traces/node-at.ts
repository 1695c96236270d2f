import type { TraceComparison } from '#proto/analysis/compare-traces';

/** The node of a comparison of which the span is the first one, looked for in B before A. */
export const nodeAt = ({ a, b }: TraceComparison, spanId: string | undefined): number | undefined => {
  if (spanId === undefined) return undefined;
  for (const side of [b, a]) {
    const span = side.trace.spanId.indexOf(spanId);
    const node = span === undefined ? -1 : side.span.indexOf(span);
    if (node >= 0) return node;
  }
  return undefined;
};

/** The id of a node's first span in B, or in A where B has none. */
export const spanIdAt = ({ a, b }: TraceComparison, node: number): string => {
  const inB = b.span[node] ?? -1;
  return inB >= 0 ? b.trace.spanId.at(inB) : a.trace.spanId.at(a.span[node] ?? -1);
};
