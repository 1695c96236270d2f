import { compareGroups, type OperationComparison, type TraceGroup } from '#proto/analysis/compare-groups';
import { sentenceText } from '#proto/analysis/comparison-sentence';
import { groupSentence } from '#proto/analysis/group-sentence';
import type { ComparedGroup, GroupComparisonAnswer, OperationChange, OperationSample, ServiceRun } from '#proto/bridge/comparison';
import type { UnixNano } from '#proto/model/time';
import type { TelemetryReader } from '#main/store/interface';
import { arrivalRange } from './arrival-range.ts';
import { nanos, type NothingToCompare } from './compare-traces.ts';
import { printQuery } from './language/print-query.ts';
import { parseQuery } from './parse-query.ts';
import { serviceRuns } from './service-runs.ts';

export interface GroupsToCompare {
  aQuery: string;
  aFrom?: UnixNano | undefined;
  aTo?: UnixNano | undefined;
  bQuery: string;
  bFrom?: UnixNano | undefined;
  bTo?: UnixNano | undefined;
  /** A service: what is not said of the groups is the run before its last restart, and the run since. */
  restartOf?: string | undefined;
  /** How many operations to tell, those with the biggest changes. */
  limit: number;
}

/** Traces of a group that are looked at, the newest; and spans of them. */
const mostTraces = 2000;
const mostSpans = 200_000;

/** What two groups of stored traces differ in. Throws `QueryError`. */
export function compareStoredGroups(reader: TelemetryReader, input: GroupsToCompare): GroupComparisonAnswer | NothingToCompare {
  return reader.snapshot(() => {
    const restart = input.restartOf === undefined ? undefined : lastRestart(reader, input.restartOf);
    if (input.restartOf !== undefined && restart === undefined) return { missing: noRestart(input.restartOf) };
    const implied = restart === undefined ? '' : printQuery({ kind: 'service', name: restart.service });
    const a = readGroup(
      reader,
      input.aQuery || implied,
      input.aFrom ?? restart?.before.firstSeenUnixNano,
      input.aTo ?? restart?.atUnixNano,
    );
    const b = readGroup(reader, input.bQuery || implied, input.bFrom ?? restart?.atUnixNano, input.bTo);
    const operations = compareGroups(a.group, b.group);
    return {
      sentence: sentenceText(groupSentence(a.group, b.group, operations)),
      a: a.described,
      b: b.described,
      ...(restart === undefined ? {} : { restart }),
      operationCount: operations.length,
      operations: operations.slice(0, input.limit).map(operationChange),
    };
  });
}

const noRestart = (service: string): string =>
  `No restart of ${service} can be seen: two of its runs would have to be stored whose resources differ in service.instance.id, process.pid, process.creation.time, container.id or k8s.pod.uid.`;

/** The newest run, and the one that began before it. */
function lastRestart(
  reader: TelemetryReader,
  service: string,
): { service: string; atUnixNano: UnixNano; before: ServiceRun; after: ServiceRun } | undefined {
  const [after, before] = serviceRuns(reader, service);
  return after === undefined || before === undefined ? undefined : { service, atUnixNano: after.firstSeenUnixNano, before, after };
}

function readGroup(
  reader: TelemetryReader,
  query: string,
  from: UnixNano | undefined,
  to: UnixNano | undefined,
): { group: TraceGroup; described: ComparedGroup } {
  const arrived = arrivalRange({ from, to });
  const found = reader.findTraces({ query: parseQuery(query, 'traces'), limit: mostTraces + 1, before: undefined, arrived });
  const traces = found.slice(0, mostTraces);
  const { operations, spanCount, isCut } = reader.operationSpans(new Set(traces.map(({ ordinal }) => ordinal)), mostSpans);
  return {
    group: { traceCount: traces.length, operations },
    described: {
      query,
      ...(from === undefined ? {} : { fromUnixNano: from }),
      ...(to === undefined ? {} : { toUnixNano: to }),
      traceCount: traces.length,
      spanCount,
      isCut: isCut || found.length > mostTraces,
    },
  };
}

function operationChange({ a, b, histogram, ...operation }: OperationComparison): OperationChange {
  return {
    ...operation,
    a: sampleOf(a),
    b: sampleOf(b),
    histogram: { fromNano: nanos(histogram.fromNs), toNano: nanos(histogram.toNs), a: [...histogram.a], b: [...histogram.b] },
  };
}

function sampleOf({ p50Ns, p95Ns, p99Ns, perTraceNs, ...counts }: OperationComparison['a']): OperationSample {
  return {
    ...counts,
    ...(p50Ns === undefined ? {} : { p50Nano: nanos(p50Ns) }),
    ...(p95Ns === undefined ? {} : { p95Nano: nanos(p95Ns) }),
    ...(p99Ns === undefined ? {} : { p99Nano: nanos(p99Ns) }),
    perTraceNano: nanos(perTraceNs),
  };
}
