import { clockSkew } from '#proto/analysis/clock-skew';
import { criticalPath } from '#proto/analysis/critical-path';
import { criticalTimes } from '#proto/analysis/critical-times';
import { builtInDimension, type BuiltInDimension } from '#proto/analysis/dimension';
import { latencyStanding } from '#proto/analysis/latency-standing';
import { selfTimes } from '#proto/analysis/self-time';
import { spanGroups, type SpanGroup } from '#proto/analysis/span-groups';
import { readTrace, type Trace } from '#proto/analysis/trace';
import { traceProblems } from '#proto/analysis/trace-problems';
import type { TraceAnalysis } from '#proto/bridge/trace-analysis';
import type { TelemetryReader } from '#main/store/interface';
import { operationLatency } from './operation-latency.ts';
import { rootCauseOf } from './root-cause.ts';
import { placeOf } from './span-place.ts';

const mostOnPath = 15;
const mostGroups = 15;
const mostSkews = 10;
/** Spans whose operations are looked up in the store: the root and those with most self time. */
const mostCompared = 4;

/** Everything that is worth knowing of a trace before single spans are looked at; `undefined` where no span of it is stored. */
export function analyseTrace(reader: TelemetryReader, { traceId }: { traceId: string }): TraceAnalysis | undefined {
  return reader.snapshot(() => {
    const columns = reader.traceColumns(traceId);
    return columns && analysisOf(reader, readTrace(columns));
  });
}

export function analysisOf(reader: TelemetryReader, trace: Trace): TraceAnalysis {
  const selfNs = selfTimes(trace);
  const rootCause = rootCauseOf(reader, trace);
  return {
    summary: trace.summary,
    ...(rootCause === undefined ? {} : { rootCause }),
    criticalPath: pathOf(trace),
    selfTime: selfTimeOf(trace, selfNs),
    problems: traceProblems(trace).map(({ message, span }) =>
      span === undefined ? { message } : { message, spanId: trace.spanId.at(span) },
    ),
    clockSkew: clockSkew(trace)
      .services.slice(0, mostSkews)
      .map(({ span, ...skew }) => ({ ...skew, spanId: trace.spanId.at(span) })),
    percentiles: comparedSpans(trace, selfNs).map((span) => standingOf(reader, trace, span)),
  };
}

function pathOf(trace: Trace): TraceAnalysis['criticalPath'] {
  const onPathNs = criticalTimes(criticalPath(trace), trace.tree.size);
  const totalNs = onPathNs.reduce((sum, ns) => sum + ns, 0);
  const spans = largestFirst(onPathNs);
  return {
    totalNs,
    spans: spans.slice(0, mostOnPath).map((span) => {
      const ns = onPathNs[span] ?? 0;
      return { ...placeOf(trace, span), onPathNs: ns, share: ns / totalNs };
    }),
    others: Math.max(0, spans.length - mostOnPath),
  };
}

/** Spans with a value above zero. */
function largestFirst(values: Float64Array): number[] {
  const spans: number[] = [];
  for (let span = 0; span < values.length; span += 1) if ((values[span] ?? 0) > 0) spans.push(span);
  return spans.toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
}

function selfTimeOf(trace: Trace, selfNs: Float64Array): TraceAnalysis['selfTime'] {
  const groupsBy = (id: BuiltInDimension): SpanGroup[] => {
    const spans = Int32Array.from({ length: trace.tree.size }, (_, span) => span);
    return spanGroups(trace, selfNs, builtInDimension(trace, id), spans).toSorted((a, b) => b.selfNs - a.selfNs);
  };
  const totalsOf = ({ slowest, count, errors, selfNs: ns, share }: SpanGroup) => ({
    service: trace.service.at(slowest),
    spanCount: count,
    errorCount: errors,
    selfNs: ns,
    share: Math.min(1, share),
  });
  const operations = groupsBy('operation');
  return {
    services: groupsBy('service').slice(0, mostGroups).map(totalsOf),
    operations: operations.slice(0, mostGroups).map((group) => ({
      ...totalsOf(group),
      name: trace.name.at(group.slowest),
      slowestSpanId: trace.spanId.at(group.slowest),
    })),
    otherOperations: Math.max(0, operations.length - mostGroups),
  };
}

/** One span an operation: the first top span, then those with most self time. */
function comparedSpans(trace: Trace, selfNs: Float64Array): number[] {
  const byOperation = new Map<string, number>();
  const ranked = largestFirst(selfNs);
  for (const span of trace.tree.size === 0 ? [] : [0, ...ranked]) {
    if (byOperation.size === mostCompared) break;
    const operation = JSON.stringify([trace.service.at(span), trace.name.at(span), trace.kind[span]]);
    if (!byOperation.has(operation)) byOperation.set(operation, span);
  }
  return [...byOperation.values()];
}

function standingOf(reader: TelemetryReader, trace: Trace, span: number): TraceAnalysis['percentiles'][number] {
  const place = placeOf(trace, span);
  const durationNs = trace.durationNs[span] ?? 0;
  const latency = operationLatency(reader, { service: place.service, name: place.name, kind: trace.kind[span] ?? 0 });
  return {
    ...place,
    durationNs,
    standing: latencyStanding(latency, durationNs) ?? '',
    spanCount: latency.count,
    more: latency.more,
    medianNs: latency.percentilesNs[50] ?? 0,
    p95Ns: latency.percentilesNs[95] ?? 0,
  };
}
