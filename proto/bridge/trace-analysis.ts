import { z } from 'zod';
import { TraceSummary } from './shapes.ts';

/** Where in a trace something is: enough to name the span and to ask for it. */
export const SpanPlace = z.object({
  spanId: z.string(),
  name: z.string(),
  /** `service.name`; empty where the resource carries none. */
  service: z.string(),
});
export type SpanPlace = z.infer<typeof SpanPlace>;

/** As recorded; long texts are cut. */
const RecordedException = z.object({ type: z.string(), message: z.string(), stacktrace: z.string() });

const Share = z.number().min(0).max(1);

/** From 0 to 1 of all spans' self time; what other services and operations have is `others`. */
const SelfTime = z.object({
  service: z.string(),
  spanCount: z.int(),
  errorCount: z.int(),
  selfNs: z.number(),
  share: Share,
});

/**
 * What there is to know of a trace before looking at single spans, for a program or an assistant that reads it first. Times are whole nanoseconds (exact up to 104 days); lists are bounded and
 * say what they leave out.
 */
export const TraceAnalysis = z.object({
  summary: TraceSummary,
  /** Absent where no span has failed. */
  rootCause: z
    .object({
      /** The same words as on the screen. */
      sentence: z.string(),
      /** The deepest failed span on the failing path: where to look first. */
      span: SpanPlace,
      statusMessage: z.string(),
      exception: RecordedException.optional(),
      /** Failed spans from the top one down to `span`; where there are very many, the lowest of them. */
      path: z.array(SpanPlace),
      /** The span right above `path`, which has not failed; absent where the failure came up to the top. */
      handledBy: SpanPlace.optional(),
    })
    .optional(),
  /** What the end of the trace waited for (`proto/analysis/critical-path.ts`): spans by their time on it, longest first. */
  criticalPath: z.object({
    totalNs: z.number(),
    spans: z.array(SpanPlace.extend({ onPathNs: z.number(), share: Share })),
    /** How many further spans are on it. */
    others: z.int(),
  }),
  /** Time that spans spent themselves, not in their children; longest first. */
  selfTime: z.object({
    services: z.array(SelfTime),
    operations: z.array(SelfTime.extend({ name: z.string(), slowestSpanId: z.string() })),
    otherOperations: z.int(),
  }),
  /** What is odd about the trace, in words: missing parents, cycles, clocks that differ. */
  problems: z.array(z.object({ message: z.string(), spanId: z.string().optional() })),
  /** A guess; all times are as they were sent. Positive `shiftNs`: the clock of `service` is behind. */
  clockSkew: z.array(
    z.object({
      sentence: z.string(),
      service: z.string(),
      against: z.string(),
      shiftNs: z.number(),
      outside: z.int(),
      calls: z.int(),
      spanId: z.string(),
    }),
  ),
  /** The root and the spans with most self time, against the newest stored spans of the same service, name and kind. */
  percentiles: z.array(
    SpanPlace.extend({
      durationNs: z.number(),
      /** In words; empty where fewer than 20 spans are stored. */
      standing: z.string(),
      spanCount: z.int(),
      /** Whether more than `spanCount` are stored. */
      more: z.boolean(),
      medianNs: z.number(),
      p95Ns: z.number(),
    }),
  ),
});
export type TraceAnalysis = z.infer<typeof TraceAnalysis>;
