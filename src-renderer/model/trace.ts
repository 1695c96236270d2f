import type { TraceStructure, TraceSummary } from '#proto/bridge/shapes';
import { StatusCode } from '#proto/model/span';
import { buildSpanTree, type SpanTree } from './span-tree.ts';
import { readEvents, type TraceEvents } from './trace-events.ts';
import type { TimeWindow } from './time-scale.ts';

/**
 * A trace as the views read it: the engine's columns in tree order, so that one number (a span's place in that order) is the index into all of them. The number
 * shifts when late spans arrive; what has to survive that (selection, collapsed spans) is kept by span id and looked up in `indexOf`.
 */
export interface Trace {
  readonly summary: TraceSummary;
  readonly tree: SpanTree;
  readonly spanId: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly name: readonly string[];
  readonly service: readonly string[];
  readonly statusMessage: readonly string[];
  /** Nanoseconds from the trace's start. */
  readonly startNs: Float64Array;
  /** As sent: negative where a span ends before it starts. */
  readonly durationNs: Float64Array;
  readonly kind: Int32Array;
  readonly isError: Uint8Array;
  readonly eventCount: Int32Array;
  readonly events: TraceEvents;
  readonly logCount: Int32Array;
  /** How many of the spans before this one, in tree order, have failed: the difference of two is the failures of a subtree. One entry more than spans. */
  readonly errorsBefore: Int32Array;
  /** From the earliest start to the latest end; never empty. */
  readonly bounds: TimeWindow;
}

export const readTrace = (structure: TraceStructure): Trace => {
  const tree = buildSpanTree(structure);
  const inTreeOrder = <Column extends Float64Array | Int32Array | Uint8Array>(into: Column, from: readonly number[]): Column => {
    for (let span = 0; span < tree.size; span++) into[span] = from[tree.row[span] ?? 0] ?? 0;
    return into;
  };
  const texts = (column: readonly number[]): string[] => Array.from(tree.row, (row) => structure.strings[column[row] ?? -1] ?? '');
  const spanId = Array.from(tree.row, (row) => structure.spanId[row] ?? '');
  const startNs = inTreeOrder(new Float64Array(tree.size), structure.offsetNs);
  const durationNs = inTreeOrder(new Float64Array(tree.size), structure.durationNs);
  const isError = Uint8Array.from(tree.row, (row) => (structure.statusCode[row] === StatusCode.error ? 1 : 0));
  return {
    summary: structure.summary,
    tree,
    spanId,
    indexOf: new Map(spanId.map((id, span) => [id, span])),
    name: texts(structure.name),
    service: texts(structure.service),
    statusMessage: texts(structure.statusMessage),
    startNs,
    durationNs,
    kind: inTreeOrder(new Int32Array(tree.size), structure.kind),
    isError,
    eventCount: inTreeOrder(new Int32Array(tree.size), structure.eventCount),
    events: readEvents(structure, tree),
    logCount: inTreeOrder(new Int32Array(tree.size), structure.logCount),
    errorsBefore: runningTotal(isError),
    bounds: boundsOf(startNs, durationNs),
  };
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

const boundsOf = (startNs: Float64Array, durationNs: Float64Array): TimeWindow => {
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
