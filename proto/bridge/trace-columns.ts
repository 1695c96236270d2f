import type { TraceSummary } from './shapes.ts';

/** A trace's parent that is none, and one that has not arrived. */
export const rootParent = -1;
export const missingParent = -2;

/**
 * A trace's structure in columns, one entry a span in order of start, in typed arrays: what a timeline needs to draw 100,000 spans, and nothing else. The same as
 * `TraceStructure`, which is for programs that read JSON. Attributes, events and links of one span are asked for when it is looked at.
 */
export interface TraceColumns {
  summary: TraceSummary;
  /** Interned strings that `name`, `service` and `statusMessage` point into. */
  strings: readonly string[];
  /** 8 bytes each; `spanIdAt` reads one. */
  spanIds: Uint8Array;
  /** Row of the parent in these columns; `rootParent`, or `missingParent`. May form cycles: what was sent is not judged here. */
  parent: Int32Array;
  /** Nanoseconds from the trace's start; exact up to 104 days. */
  offsetNs: Float64Array;
  /** Nanoseconds; negative where a span ends before it starts. */
  durationNs: Float64Array;
  name: Uint32Array;
  service: Uint32Array;
  kind: Int32Array;
  statusCode: Int32Array;
  statusMessage: Uint32Array;
  eventCount: Uint32Array;
  logCount: Uint32Array;
  /** The events, one entry an event, of the first spans, at most `mostEvents`: the row of its span, its nanoseconds from the trace's start, and 1 where it carries an exception. */
  eventSpan: Int32Array;
  eventOffsetNs: Float64Array;
  eventIsException: Uint8Array;
}
