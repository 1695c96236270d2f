import type { LogItem } from '#proto/bridge/shapes';
import type { Trace } from '#proto/analysis/trace';
import { nsSince } from './ns-since.ts';

/** When log records were written, span by span in tree order: those of a span are the entries from `first[span]` up to, not including, `first[span + 1]`, earliest first. */
export interface LogMarks {
  readonly first: Int32Array;
  /** Nanoseconds from the trace's start. */
  readonly ns: Float64Array;
  readonly isError: Uint8Array;
}

type LogMoment = Pick<LogItem, 'contextSpanId' | 'effectiveTimeUnixNano' | 'severityNumber'>;

/** ERROR of OpenTelemetry's severity numbers. */
const errorSeverity = 17;

/** Records outside of a span, and those of spans that have not arrived, have no bar to stand on. */
export const markLogs = ({ summary, tree, spanId }: Pick<Trace, 'summary' | 'tree' | 'spanId'>, logs: readonly LogMoment[]): LogMarks => {
  const spanOf = spanId.placesOf(new Set(logs.map(({ contextSpanId }) => contextSpanId)));
  const marks = logs
    .map(({ contextSpanId, effectiveTimeUnixNano, severityNumber }) => ({
      span: spanOf.get(contextSpanId) ?? -1,
      ns: nsSince(summary.startTimeUnixNano, effectiveTimeUnixNano),
      isError: severityNumber >= errorSeverity,
    }))
    .filter(({ span }) => span >= 0)
    .toSorted((a, b) => a.span - b.span || a.ns - b.ns);
  const first = new Int32Array(tree.size + 1);
  for (const { span } of marks) first[span + 1] = (first[span + 1] ?? 0) + 1;
  for (let span = 0; span < tree.size; span++) first[span + 1] = (first[span + 1] ?? 0) + (first[span] ?? 0);
  return { first, ns: Float64Array.from(marks, ({ ns }) => ns), isError: Uint8Array.from(marks, ({ isError }) => (isError ? 1 : 0)) };
};
