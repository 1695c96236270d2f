import { z } from 'zod';
import { KeyValue } from './any-value.ts';
import { UnixNano } from './time.ts';

/** trace.proto `Span.SpanKind`. Numbers that the standard does not know yet survive as they are. */
export const SpanKind = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** trace.proto `Status.StatusCode`. */
export const StatusCode = { unset: 0, ok: 1, error: 2 } as const;

export const SpanEvent = z.object({
  timeUnixNano: UnixNano,
  name: z.string(),
  attributes: z.array(KeyValue),
  droppedAttributesCount: z.int(),
});
export type SpanEvent = z.infer<typeof SpanEvent>;

/** A link may point into any trace, also into one that was never received. */
export const SpanLink = z.object({
  traceId: z.string(),
  spanId: z.string(),
  traceState: z.string(),
  attributes: z.array(KeyValue),
  droppedAttributesCount: z.int(),
  flags: z.int(),
});
export type SpanLink = z.infer<typeof SpanLink>;

/**
 * One span with every field of trace.proto `Span` under its OTLP/JSON name. `traceId` and `spanId` are valid; `parentSpanId` is empty for a root.
 * Times are as sent: `end < start` and zero occur.
 */
export const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  traceState: z.string(),
  parentSpanId: z.string(),
  flags: z.int(),
  name: z.string(),
  kind: z.int(),
  startTimeUnixNano: UnixNano,
  endTimeUnixNano: UnixNano,
  attributes: z.array(KeyValue),
  droppedAttributesCount: z.int(),
  events: z.array(SpanEvent),
  droppedEventsCount: z.int(),
  links: z.array(SpanLink),
  droppedLinksCount: z.int(),
  status: z.object({ code: z.int(), message: z.string() }),
});
export type Span = z.infer<typeof Span>;
