import { z } from 'zod';

/** Of an operation, this many of its newest spans are looked at: enough for a percentile, few enough to be found at once. */
export const mostLatencySpans = 2000;

/** Longer names are nobody's operation. */
const longestName = 4096;

/** Spans of one service, name and kind: what does the same work. */
export const Operation = z.object({
  service: z.string().max(longestName).describe('service.name; empty where the resource carries none.'),
  name: z.string().max(longestName),
  kind: z.coerce
    .number()
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1)
    .describe('1 internal, 2 server, 3 client, 4 producer, 5 consumer.'),
});
export type Operation = z.infer<typeof Operation>;

/** How long the newest stored spans of an operation took. A span that was sent twice counts twice. */
export const OperationLatency = z.object({
  /** How many spans the numbers are of. */
  count: z.int(),
  /** Whether older ones are stored too. */
  more: z.boolean(),
  /**
   * Nanoseconds, rounded down by less than 0.2 %: entry p is the duration that p % of the spans do not exceed (nearest rank), from the shortest at 0 to the longest at 100. Empty where there is
   * no span.
   */
  percentilesNs: z.array(z.number()),
});
export type OperationLatency = z.infer<typeof OperationLatency>;
