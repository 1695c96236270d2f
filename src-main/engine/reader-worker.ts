import { workerData } from 'node:worker_threads';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import { openQuestions } from '#main/query/questions';
import type { LogSearch, TraceSearch } from './interface.ts';
import { Moved, runWorker } from './worker-protocol.ts';

/** A thread that answers questions, over a read-only connection that sees what the writer has committed. */

export interface ReaderData {
  dataDirectory: string;
}

type OpenQuestions = ReturnType<typeof openQuestions>;

export type ReaderMethods = {
  searchTraces: (search: TraceSearch) => ReturnType<OpenQuestions['searchTraces']>;
  openTrace: (input: { traceId: string }) => ReturnType<OpenQuestions['openTrace']>;
  traceColumns: (input: { traceId: string }) => Moved<TraceColumns | undefined>;
  traceSpans: (input: { traceId: string; limit: number; cursor: string | undefined }) => ReturnType<OpenQuestions['traceSpans']>;
  span: (input: { traceId: string; spanId: string }) => ReturnType<OpenQuestions['span']>;
  searchLogs: (search: LogSearch) => ReturnType<OpenQuestions['searchLogs']>;
  log: (input: { id: string }) => ReturnType<OpenQuestions['log']>;
  services: (input: undefined) => ReturnType<OpenQuestions['services']>;
};

runWorker(() => {
  const questions = openQuestions((workerData as ReaderData).dataDirectory);
  return {
    methods: {
      searchTraces: (search) => questions.searchTraces(search),
      openTrace: ({ traceId }) => questions.openTrace(traceId),
      traceColumns: ({ traceId }) => moved(questions.traceColumns(traceId)),
      traceSpans: ({ traceId, limit, cursor }) => questions.traceSpans(traceId, limit, cursor),
      span: ({ traceId, spanId }) => questions.span(traceId, spanId),
      searchLogs: (search) => questions.searchLogs(search),
      log: ({ id }) => questions.log(id),
      services: () => questions.services(),
    } satisfies ReaderMethods,
    close: () => questions.close(),
  };
});

/** Each column on memory of its own is moved; one that is a part of something larger is left there, and copied. */
function moved(columns: TraceColumns | undefined): Moved<TraceColumns | undefined> {
  const arrays = Object.values(columns ?? {}).filter((column) => ArrayBuffer.isView(column));
  const own = arrays.filter(({ byteLength, buffer }) => byteLength === buffer.byteLength);
  return new Moved(columns, [...new Set(own.map(({ buffer }) => buffer as ArrayBuffer))]);
}
