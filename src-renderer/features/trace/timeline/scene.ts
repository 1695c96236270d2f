import type { ClockSkew } from '#proto/analysis/clock-skew';
import type { TimeWindow } from '#proto/analysis/time-window';
import { boundsOf, type Trace } from '#proto/analysis/trace';
import type { CriticalSpans } from '#ui/model/critical-spans.ts';
import type { FoundSpans } from '#ui/model/find-spans.ts';
import type { LogMarks } from '#ui/model/log-marks.ts';
import type { SimilarRuns } from '#ui/model/similar-runs.ts';
import type { TimelineRows } from '#ui/model/timeline-rows.ts';
import type { TimelineScope } from '#ui/model/timeline-scope.ts';

/** All that a timeline shows, apart from where the view and the pointer are: worked out when the trace or the address changes, and only looked at while it is drawn. */
export interface Scene {
  /** With its clocks adjusted, where that was asked for. */
  readonly trace: Trace;
  readonly scope: TimelineScope;
  /** One flag a span. */
  readonly collapsed: Uint8Array;
  readonly runs: SimilarRuns;
  readonly foldsRuns: boolean;
  readonly rows: TimelineRows;
  /** Nanoseconds that each span spent itself. */
  readonly selfNs: Float64Array;
  readonly skew: ClockSkew;
  readonly isAdjusted: boolean;
  /** Undefined while nothing is looked for. */
  readonly found: FoundSpans | undefined;
  /** Undefined while it is not shown. */
  readonly critical: CriticalSpans | undefined;
  /** Undefined until they have been fetched. */
  readonly logs: LogMarks | undefined;
}

/** The first span behind those that a row stands for: the span alone, what is collapsed below it, or a folded run. */
export const endOfRow = ({ trace, collapsed, rows, runs }: Scene, row: number): number => {
  const run = rows.runs[row] ?? -1;
  const span = rows.spans[row] ?? 0;
  if (run >= 0) return runs.end[run] ?? span + 1;
  return collapsed[span] === 1 ? (trace.tree.end[span] ?? span + 1) : span + 1;
};

/** When the span of a row runs; of a folded run, from its first span's start to the last end below it. */
export const timeOfRow = (scene: Scene, row: number): TimeWindow => {
  const { trace, rows } = scene;
  const span = rows.spans[row] ?? 0;
  const startNs = trace.startNs[span] ?? 0;
  if (rows.runs[row] === -1) return { startNs, endNs: startNs + (trace.durationNs[span] ?? 0) };
  const end = endOfRow(scene, row);
  return boundsOf(trace.startNs.subarray(span, end), trace.durationNs.subarray(span, end));
};
