import type { Backlinks } from '#proto/bridge/backlinks';
import type { GroupComparisonAnswer, ServiceRun, TraceComparisonAnswer } from '#proto/bridge/comparison';
import type { Completions, CompletionsOf } from '#proto/bridge/completions';
import type { Operation, OperationLatency } from '#proto/bridge/operation-latency';
import type { LogItem, LogPage, ServiceSummary, SpanDetail, TracePage, TraceSpans, TraceStructure } from '#proto/bridge/shapes';
import type { TraceAnalysis } from '#proto/bridge/trace-analysis';
import type { OtlpPage } from '#proto/bridge/otlp-export';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import type { TraceAttributes } from '#proto/bridge/trace-attributes';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import type { StoredImport } from '#main/store/interface';
import { openReader } from '#main/store/read/reader';
import { readBacklinks, type BacklinksOf } from './backlinks.ts';
import { compareStoredGroups, type GroupsToCompare } from './compare-groups.ts';
import { compareStoredTraces, type NothingToCompare, type TracesToCompare } from './compare-traces.ts';
import { completions } from './completions.ts';
import { operationLatency } from './operation-latency.ts';
import { readOtlpPage, type OtlpPageInput } from './otlp-page.ts';
import { searchLogs, type LogSearch } from './search-logs.ts';
import { serviceRuns } from './service-runs.ts';
import { searchTraces, type TraceSearch } from './search-traces.ts';
import { traceOverview, type OverviewSearch } from './trace-overview.ts';
import { analyseTrace } from './trace-analysis.ts';
import { traceMarkdown } from './trace-markdown.ts';
import { readTraceSpans, type SpansPage } from './trace-spans.ts';
import { readTraceAttributes, type TraceAttributesOf } from './trace-attributes.ts';
import { traceStructure } from './trace-structure.ts';

/**
 * Every question that can be asked of a data directory, in the words of the bridge. Each takes one object, or nothing, and answers at once: they belong into a thread of their own
 * (`engine/reader-worker.ts`). All throw `StoreUnavailableError` where the store cannot be read.
 */
export interface Questions {
  /** Throws `QueryError` where query or cursor cannot be read, like `searchLogs`. */
  searchTraces(search: TraceSearch): TracePage;
  /** Throws `QueryError`. */
  traceOverview(search: OverviewSearch): TraceOverview;
  /** `undefined` where no span of the trace is stored, here and below. */
  openTrace(input: { traceId: string }): TraceStructure | undefined;
  traceColumns(input: { traceId: string }): TraceColumns | undefined;
  traceSpans(page: SpansPage): TraceSpans | undefined;
  traceAttributes(input: TraceAttributesOf): TraceAttributes | undefined;
  span(input: { traceId: string; spanId: string }): SpanDetail | undefined;
  backlinks(input: BacklinksOf): Backlinks;
  analyseTrace(input: { traceId: string }): TraceAnalysis | undefined;
  traceMarkdown(input: { traceId: string }): string | undefined;
  operationLatency(operation: Operation): OperationLatency;
  searchLogs(search: LogSearch): LogPage;
  /** `undefined` where no such record is stored. */
  log(input: { id: string }): LogItem | undefined;
  services(): ServiceSummary[];
  completions(input: CompletionsOf): Completions;
  /** Throws `QueryError` where the cursor cannot be read. */
  otlpPage(input: OtlpPageInput): OtlpPage | undefined;
  /** Newest first. */
  imports(): StoredImport[];
  serviceRuns(input: { service: string }): ServiceRun[];
  compareTraces(input: TracesToCompare): TraceComparisonAnswer | NothingToCompare;
  /** Throws `QueryError`. */
  compareGroups(input: GroupsToCompare): GroupComparisonAnswer | NothingToCompare;
}

export interface OpenQuestions extends Questions {
  close: () => void;
}

/** The store has to have been opened for writing before. */
export function openQuestions(dataDirectory: string): OpenQuestions {
  const reader = openReader(dataDirectory);
  return {
    searchTraces: (search) => searchTraces(reader, search),
    traceOverview: (search) => traceOverview(reader, search),
    openTrace: ({ traceId }) => {
      const columns = reader.traceColumns(traceId);
      return columns && traceStructure(columns);
    },
    traceColumns: ({ traceId }) => reader.traceColumns(traceId),
    traceSpans: (page) => readTraceSpans(reader, page),
    traceAttributes: (input) => readTraceAttributes(reader, input),
    span: ({ traceId, spanId }) => reader.span(traceId, spanId),
    backlinks: (input) => readBacklinks(reader, input),
    analyseTrace: (input) => analyseTrace(reader, input),
    traceMarkdown: (input) => traceMarkdown(reader, input),
    operationLatency: (operation) => operationLatency(reader, operation),
    searchLogs: (search) => searchLogs(reader, search),
    log: ({ id }) => reader.log(Number(id)),
    services: () => reader.services(),
    completions: (input) => completions(reader, input),
    otlpPage: (input) => readOtlpPage(reader, input),
    imports: () => reader.imports(),
    serviceRuns: ({ service }) => serviceRuns(reader, service),
    compareTraces: (input) => compareStoredTraces(reader, input),
    compareGroups: (input) => compareStoredGroups(reader, input),
    close: () => reader.close(),
  };
}
