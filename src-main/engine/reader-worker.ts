import { workerData } from 'node:worker_threads';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import { openQuestions, type Questions } from '#main/query/questions';
import { Moved, runWorker } from './worker-protocol.ts';

/** A thread that answers questions, over a read-only connection that sees what the writer has committed. */

export interface ReaderData {
  dataDirectory: string;
}

export type ReaderMethods = Omit<Questions, 'traceColumns'> & {
  traceColumns: (input: { traceId: string }) => Moved<TraceColumns | undefined>;
};

runWorker(() => {
  const { close, ...questions } = openQuestions((workerData as ReaderData).dataDirectory);
  return {
    methods: { ...questions, traceColumns: (input) => moved(questions.traceColumns(input)) } satisfies ReaderMethods,
    close,
  };
});

/** Each column on memory of its own is moved; one that is a part of something larger is left there, and copied. */
function moved(columns: TraceColumns | undefined): Moved<TraceColumns | undefined> {
  const arrays = Object.values(columns ?? {}).filter((column) => ArrayBuffer.isView(column));
  const own = arrays.filter(({ byteLength, buffer }) => byteLength === buffer.byteLength);
  return new Moved(columns, [...new Set(own.map(({ buffer }) => buffer as ArrayBuffer))]);
}
