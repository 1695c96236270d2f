import type { TraceColumns } from '../bridge/trace-columns.ts';
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

type Columns = Pick<TraceColumns, 'eventCount' | 'eventSpan' | 'eventOffsetNs' | 'eventIsException'>;

export const readEvents = ({ eventCount, eventSpan, eventOffsetNs, eventIsException }: Columns, tree: SpanTree): TraceEvents => {
  const spans = spansOf(eventSpan, tree);
  const order = new Int32Array(spans.length);
  for (let event = 0; event < order.length; event++) order[event] = event;
  order.sort((a, b) => (spans[a] ?? 0) - (spans[b] ?? 0) || (eventOffsetNs[a] ?? 0) - (eventOffsetNs[b] ?? 0));
  const first = new Int32Array(tree.size + 1);
  const ns = new Float64Array(order.length);
  const isException = new Uint8Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const event = order[place] ?? 0;
    const end = (spans[event] ?? 0) + 1;
    first[end] = (first[end] ?? 0) + 1;
    ns[place] = eventOffsetNs[event] ?? 0;
    isException[place] = eventIsException[event] ?? 0;
  }
  for (let span = 0; span < tree.size; span++) first[span + 1] = (first[span + 1] ?? 0) + (first[span] ?? 0);
  return { first, ns, isException, leftOut: totalOf(eventCount) - order.length };
};

/** The place in tree order of the span of each event. */
const spansOf = (eventSpan: Int32Array, tree: SpanTree): Int32Array => {
  const spanOfRow = new Int32Array(tree.size);
  for (let span = 0; span < tree.size; span++) spanOfRow[tree.row[span] ?? 0] = span;
  const spans = new Int32Array(eventSpan.length);
  for (let event = 0; event < spans.length; event++) spans[event] = spanOfRow[eventSpan[event] ?? 0] ?? 0;
  return spans;
};

const totalOf = (counts: Uint32Array): number => {
  let total = 0;
  for (let index = 0; index < counts.length; index++) total += counts[index] ?? 0;
  return total;
};
