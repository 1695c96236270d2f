import type { LogItem, LogPage, ServiceSummary, SpanDetail, TracePage, TraceSpans, TraceStructure } from '#proto/bridge/shapes';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import type { StoredCounts } from '#main/store/interface';
import { openReader } from '#main/store/read/reader';
import { searchLogs, type LogSearch } from './search-logs.ts';
import { searchTraces, type TraceSearch } from './search-traces.ts';
import { readTraceSpans } from './trace-spans.ts';
import { traceStructure } from './trace-structure.ts';

/** Every question that can be asked of a data directory, in the words of the bridge. Answers at once; belongs into a thread of its own. */
export interface OpenQuestions {
  /** Throws `QueryError` where query or cursor cannot be read, like `searchLogs`. */
  searchTraces(search: TraceSearch): TracePage;
  /** `undefined` where no span of the trace is stored, here and below. */
  openTrace(traceId: string): TraceStructure | undefined;
  traceColumns(traceId: string): TraceColumns | undefined;
  traceSpans(traceId: string, limit: number, cursor: string | undefined): TraceSpans | undefined;
  span(traceId: string, spanId: string): SpanDetail | undefined;
  searchLogs(search: LogSearch): LogPage;
  /** `undefined` where no such record is stored. */
  log(id: string): LogItem | undefined;
  services(): ServiceSummary[];
  counts(): StoredCounts;
  close(): void;
}

/** The store has to have been opened for writing before. All questions throw `StoreUnavailableError` where it cannot be read. */
export function openQuestions(dataDirectory: string): OpenQuestions {
  const reader = openReader(dataDirectory);
  return {
    searchTraces: (search) => searchTraces(reader, search),
    openTrace: (traceId) => {
      const columns = reader.traceColumns(traceId);
      return columns && traceStructure(columns);
    },
    traceColumns: (traceId) => reader.traceColumns(traceId),
    traceSpans: (traceId, limit, cursor) => readTraceSpans(reader, traceId, limit, cursor),
    span: (traceId, spanId) => reader.span(traceId, spanId),
    searchLogs: (search) => searchLogs(reader, search),
    log: (id) => reader.log(Number(id)),
    services: () => reader.services(),
    counts: () => reader.counts(),
    close: () => reader.close(),
  };
}
