import { z } from 'zod';
import { UnixNano } from '../model/time.ts';

/** What the traces of a search look like together. Everything that is looked at of a large store is bounded, and the answer says how much it was. */

/** Traces by the time of their arrival, in buckets of one width, each beginning at a multiple of it. */
export const ArrivalHistogram = z.object({
  /** Of the first bucket. */
  startTimeUnixNano: UnixNano,
  bucketNano: UnixNano,
  /** From the first bucket that holds a trace to the last; empty where nothing was found. */
  traceCounts: z.array(z.int()),
  /** Those of them with an error. */
  errorCounts: z.array(z.int()),
});
export type ArrivalHistogram = z.infer<typeof ArrivalHistogram>;

export const TracePoint = z.object({
  traceId: z.string(),
  rootName: z.string(),
  rootService: z.string(),
  receivedTimeUnixNano: UnixNano,
  durationNano: UnixNano,
  isError: z.boolean(),
});
export type TracePoint = z.infer<typeof TracePoint>;

/** What a span of the search can be told apart by: a field of the query language, or an attribute of the span, its events, its scope or its resource. */
export const Facet = z.object({
  kind: z.enum(['field', 'attribute']),
  /** `service`, `name`, `status`, `kind`, or the key of the attribute. */
  key: z.string(),
  /** Spans that have it. */
  spanCount: z.int(),
  /** Different values. */
  valueCount: z.int(),
  /** The most frequent ones as the query language writes them, and how many spans have each. */
  values: z.array(z.object({ value: z.string(), spanCount: z.int() })),
});
export type Facet = z.infer<typeof Facet>;

export const TraceOverview = z.object({
  /** How many of the traces that were found, newest first, the histogram counts. */
  traceCount: z.int(),
  /** Whether those are all. */
  isComplete: z.boolean(),
  histogram: ArrivalHistogram,
  /** Of the traces that are counted one in `pointStep`, newest first: as they come by the order of arrival, so that the same ones are told while others arrive. */
  points: z.array(TracePoint),
  pointStep: z.int(),
  facets: z.object({
    /** Spans that were looked at: those that meet the query, of the newest traces that were found. */
    spanCount: z.int(),
    traceCount: z.int(),
    isComplete: z.boolean(),
    items: z.array(Facet),
  }),
});
export type TraceOverview = z.infer<typeof TraceOverview>;
