import type { TraceStructure } from '#proto/bridge/shapes';
import type { SpanTree } from './span-tree.ts';

/** When events happened, span by span in tree order: those of a span are the entries from `first[span]` up to, not including, `first[span + 1]`, earliest first. */
export interface TraceEvents {
  readonly first: Int32Array;
  /** Nanoseconds from the trace's start. */
  readonly ns: Float64Array;
  readonly isException: Uint8Array;
  /** Events that the engine counted but did not place: there are too many. */
  readonly leftOut: number;
}

type Columns = Pick<TraceStructure, 'eventCount' | 'eventSpan' | 'eventOffsetNs' | 'eventIsException'>;

export const readEvents = ({ eventCount, eventSpan, eventOffsetNs, eventIsException }: Columns, tree: SpanTree): TraceEvents => {
  const spanOfRow = new Int32Array(tree.size);
  tree.row.forEach((row, span) => (spanOfRow[row] = span));
  const order = eventSpan
    .map((row, event) => ({ span: spanOfRow[row] ?? -1, ns: eventOffsetNs[event] ?? 0, isException: eventIsException[event] ?? 0 }))
    .filter(({ span }) => span >= 0)
    .toSorted((a, b) => a.span - b.span || a.ns - b.ns);
  const first = new Int32Array(tree.size + 1);
  for (const { span } of order) first[span + 1] = (first[span + 1] ?? 0) + 1;
  for (let span = 0; span < tree.size; span++) first[span + 1] = (first[span + 1] ?? 0) + (first[span] ?? 0);
  return {
    first,
    ns: Float64Array.from(order, ({ ns }) => ns),
    isException: Uint8Array.from(order, ({ isException }) => isException),
    leftOut: eventCount.reduce((sum, count) => sum + count, 0) - order.length,
  };
};
