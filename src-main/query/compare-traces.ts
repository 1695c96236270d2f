import { compareTraces, operationAt, type ComparedSide, type TraceComparison } from '#proto/analysis/compare-traces';
import { comparisonSentence, sentenceText } from '#proto/analysis/comparison-sentence';
import { readTrace } from '#proto/analysis/trace';
import { traceChanges, type TraceChange } from '#proto/analysis/trace-changes';
import type { TraceChangeItem, TraceComparisonAnswer } from '#proto/bridge/comparison';
import type { TraceSummary } from '#proto/bridge/shapes';
import type { Query } from '#proto/model/query';
import type { TelemetryReader } from '#main/store/interface';

export interface TracesToCompare {
  /** Without it, the trace of the same root operation that arrived last before `b`. */
  a?: string | undefined;
  b: string;
  /** How many changes to tell, the biggest ones. */
  limit: number;
}

/** What keeps two things from being compared, in plain words. */
export interface NothingToCompare {
  missing: string;
}

/** What two stored traces differ in. */
export function compareStoredTraces(reader: TelemetryReader, { a, b, limit }: TracesToCompare): TraceComparisonAnswer | NothingToCompare {
  return reader.snapshot(() => {
    const summary = reader.traceSummary(b);
    if (summary === undefined) return { missing: `No trace ${b} is stored.` };
    const before = a ?? previousTrace(reader, summary);
    if (before === undefined)
      return { missing: `No earlier trace of the same root operation is stored, or none among the last ${mostLookedAt}.` };
    const columnsA = reader.traceColumns(before);
    const columnsB = reader.traceColumns(b);
    if (columnsA === undefined || columnsB === undefined) return { missing: `No trace ${before} is stored.` };
    return answer(compareTraces(readTrace(columnsA), readTrace(columnsB)), limit);
  });
}

const pageOfTraces = 100;
/** Traces that have such a span, but not as their root, are passed over; not forever. */
const mostLookedAt = 2000;

/** The id of the trace that arrived last before this one, and whose root has the same service and name. */
function previousTrace(
  reader: TelemetryReader,
  { traceId, rootService, rootName, receivedTimeUnixNano }: TraceSummary,
): string | undefined {
  const query: Query = {
    kind: 'and',
    of: [
      { kind: 'service', name: rootService },
      { kind: 'name', name: rootName },
    ],
  };
  // One request may bring many traces, which arrive at the same time: those before it in order are behind it in the list.
  const arrived = { toNs: BigInt(receivedTimeUnixNano) + 1n };
  let isBefore = false;
  let before: number | undefined;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += pageOfTraces) {
    const page = reader.findTraces({ query, limit: pageOfTraces, before, arrived });
    for (const { summary } of page) {
      if (isBefore && summary.rootService === rootService && summary.rootName === rootName) return summary.traceId;
      isBefore ||= summary.traceId === traceId;
    }
    before = page.at(-1)?.ordinal;
    if (page.length < pageOfTraces) return undefined;
  }
  return undefined;
}

function answer(comparison: TraceComparison, limit: number): TraceComparisonAnswer {
  const changes = traceChanges(comparison);
  const [a, b] = [comparison.a.trace.summary, comparison.b.trace.summary];
  return {
    sentence: sentenceText(comparisonSentence(comparison, changes)),
    a,
    b,
    durationChangeNano: String(BigInt(b.durationNano) - BigInt(a.durationNano)),
    changeCount: changes.length,
    changes: changes.slice(0, limit).map((change) => changeItem(comparison, change)),
  };
}

function changeItem(comparison: TraceComparison, change: TraceChange): TraceChangeItem {
  const { node, presence, selfChangeNs, spansInA, spansInB, errorsInA, errorsInB } = change;
  return {
    ...operationAt(comparison, node),
    path: pathTo(comparison, node),
    presence,
    selfChangeNano: nanos(selfChangeNs),
    ...(presence === 'b' ? {} : { a: partOf(comparison.a, node, spansInA, errorsInA) }),
    ...(presence === 'a' ? {} : { b: partOf(comparison.b, node, spansInB, errorsInB) }),
  };
}

function partOf(side: ComparedSide, node: number, spanCount: number, errorCount: number): NonNullable<TraceChangeItem['a']> {
  return {
    spanId: side.trace.spanId.at(side.span[node] ?? -1),
    count: side.count[node] ?? 0,
    spanCount,
    errorCount,
    durationNano: nanos(side.totalNs[node] ?? 0),
    selfDurationNano: nanos(side.selfNs[node] ?? 0),
  };
}

/** A chain of ten thousand spans has changes at its end too. */
const mostOfPath = 16;

function pathTo(comparison: TraceComparison, node: number): string[] {
  const { parent } = comparison.tree;
  const path: string[] = [];
  for (let above = parent[node] ?? -1; above >= 0 && path.length < mostOfPath; above = parent[above] ?? -1)
    path.push(operationAt(comparison, above).name);
  return path.toReversed();
}

/** Whole nanoseconds; sums of what is beyond 2^53 are none. */
export function nanos(ns: number): string {
  return BigInt(Math.round(ns)).toString();
}
