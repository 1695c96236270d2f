import type { TraceSummary } from '../bridge/shapes.ts';
import type { TraceColumns } from '../bridge/trace-columns.ts';
import { StatusCode } from '../model/span.ts';
import { SpanIds } from './span-ids.ts';
import { buildSpanTree, type SpanTree } from './span-tree.ts';
import { TextColumn } from './text-column.ts';
import { readEvents, type TraceEvents } from './trace-events.ts';
import type { TimeWindow } from './time-window.ts';

/**
 * A trace as the views read it: the engine's columns in tree order, so that one number (a span's place in that order) is the index into all of them. The number
 * shifts when late spans arrive; what has to survive that (selection, collapsed spans) is kept by span id. There is no object a span, and no text but of the spans that are looked at:
 * 100,000 spans open in the time of a frame.
 */
export interface Trace {
  readonly summary: TraceSummary;
  readonly tree: SpanTree;
  readonly spanId: SpanIds;
  readonly name: TextColumn;
  readonly service: TextColumn;
  readonly statusMessage: TextColumn;
  /** Nanoseconds from the trace's start. */
  readonly startNs: Float64Array;
  /** As sent: negative where a span ends before it starts. */
  readonly durationNs: Float64Array;
  readonly kind: Int32Array;
  readonly isError: Uint8Array;
  readonly eventCount: Uint32Array;
  readonly events: TraceEvents;
  readonly logCount: Uint32Array;
  /** How many of the spans before this one, in tree order, have failed: the difference of two is the failures of a subtree. One entry more than spans. */
  readonly errorsBefore: Int32Array;
  /** From the earliest start to the latest end; never empty. */
  readonly bounds: TimeWindow;
}

export const readTrace = (columns: TraceColumns): Trace => {
  const tree = buildSpanTree(columns);
  const inTreeOrder = <Column extends Float64Array | Int32Array | Uint32Array>(into: Column, from: Column): Column => {
    for (let span = 0; span < tree.size; span++) into[span] = from[tree.row[span] ?? 0] ?? 0;
    return into;
  };
  const texts = (codes: Uint32Array): TextColumn => new TextColumn(columns.strings, inTreeOrder(new Uint32Array(tree.size), codes));
  const startNs = inTreeOrder(new Float64Array(tree.size), columns.offsetNs);
  const durationNs = inTreeOrder(new Float64Array(tree.size), columns.durationNs);
  const isError = errorsIn(columns.statusCode, tree);
  return {
    summary: columns.summary,
    tree,
    spanId: new SpanIds(columns.spanIds, tree.row),
    name: texts(columns.name),
    service: texts(columns.service),
    statusMessage: texts(columns.statusMessage),
    startNs,
    durationNs,
    kind: inTreeOrder(new Int32Array(tree.size), columns.kind),
    isError,
    eventCount: inTreeOrder(new Uint32Array(tree.size), columns.eventCount),
    events: readEvents(columns, tree),
    logCount: inTreeOrder(new Uint32Array(tree.size), columns.logCount),
    errorsBefore: runningTotal(isError),
    bounds: boundsOf(startNs, durationNs),
  };
};

const errorsIn = (statusCode: Int32Array, tree: SpanTree): Uint8Array => {
  const isError = new Uint8Array(tree.size);
  for (let span = 0; span < tree.size; span++) isError[span] = statusCode[tree.row[span] ?? 0] === StatusCode.error ? 1 : 0;
  return isError;
};

/** Failed spans below `span`, itself not counted. */
export const errorsBelow = (trace: Trace, span: number): number =>
  (trace.errorsBefore[trace.tree.end[span] ?? 0] ?? 0) - (trace.errorsBefore[span + 1] ?? 0);

const runningTotal = (flags: Uint8Array): Int32Array => {
  const totals = new Int32Array(flags.length + 1);
  for (let index = 0; index < flags.length; index++) totals[index + 1] = (totals[index] ?? 0) + (flags[index] ?? 0);
  return totals;
};

/** A trace of one instant still gets a microsecond to be drawn in. */
const shortestTraceNs = 1000;

/** From the earliest start to the latest end of some spans; never empty. */
export const boundsOf = (startNs: Float64Array, durationNs: Float64Array): TimeWindow => {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let span = 0; span < startNs.length; span++) {
    const start = startNs[span] ?? 0;
    const end = start + (durationNs[span] ?? 0);
    earliest = Math.min(earliest, start, end);
    latest = Math.max(latest, start, end);
  }
  if (earliest > latest) return { startNs: 0, endNs: shortestTraceNs };
  return { startNs: earliest, endNs: Math.max(latest, earliest + shortestTraceNs) };
};
