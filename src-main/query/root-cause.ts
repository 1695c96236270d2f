import { exceptionOfSpan, failureText } from '#proto/analysis/failure-text';
import { findRootCause } from '#proto/analysis/root-cause';
import { causeText, rootCauseSentence } from '#proto/analysis/root-cause-sentence';
import type { Trace } from '#proto/analysis/trace';
import type { LogItem, SpanDetail } from '#proto/bridge/shapes';
import type { TraceAnalysis } from '#proto/bridge/trace-analysis';
import type { RecordedException } from '#proto/model/exception';
import type { TelemetryReader } from '#main/store/interface';
import { placeOf } from './span-place.ts';

/** Of the records that were logged in a failed span, the newest may carry its exception. */
const mostLogs = 50;
const mostPath = 50;
const mostMessageChars = 4000;
const mostStackChars = 8000;

/** Why a trace failed, with what the failed span itself recorded of it; `undefined` where no span failed. */
export function rootCauseOf(reader: TelemetryReader, trace: Trace): TraceAnalysis['rootCause'] {
  const cause = findRootCause(trace);
  if (cause === undefined) return undefined;
  const { traceId } = trace.summary;
  const spanId = trace.spanId.at(cause.span);
  const detail = reader.span(traceId, spanId);
  const logs = trace.logCount[cause.span] === 0 ? [] : logsOfSpan(reader, traceId, spanId, mostLogs);
  const exception = detail && exceptionOfSpan(detail, logs);
  return {
    sentence: causeText(rootCauseSentence(trace, cause, saidBy(detail, logs))),
    span: placeOf(trace, cause.span),
    statusMessage: trace.statusMessage.at(cause.span).slice(0, mostMessageChars),
    path: cause.path.slice(-mostPath).map((span) => placeOf(trace, span)),
    ...(exception === undefined ? {} : { exception: bounded(exception) }),
    ...(cause.handledBy === undefined ? {} : { handledBy: placeOf(trace, cause.handledBy) }),
  };
}

const saidBy = (detail: SpanDetail | undefined, logs: readonly LogItem[]): string =>
  detail === undefined ? '' : failureText(detail, logs);

/** The newest records that were logged in a span, oldest first. */
export const logsOfSpan = (reader: TelemetryReader, traceId: string, spanId: string, limit: number): LogItem[] =>
  reader
    .findLogs({ query: { kind: 'and', of: [] }, limit, traceId, spanId, minSeverity: 0, order: 'newest', after: undefined })
    .map(({ log }) => log)
    .toReversed();

const bounded = ({ type, message, stacktrace }: RecordedException): RecordedException => ({
  type: type.slice(0, mostMessageChars),
  message: message.slice(0, mostMessageChars),
  stacktrace: stacktrace.slice(0, mostStackChars),
});
