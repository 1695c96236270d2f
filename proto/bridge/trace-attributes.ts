import { z } from 'zod';

/** Keys that can be asked for at once. */
export const mostAttributeKeys = 16;
/** Values of a key that are answered; spans beyond are counted in `leftOut`. */
export const mostAttributeValues = 200_000;
/** Longer values are cut: they are there to tell spans apart, and the span has the whole. */
export const longestAttributeText = 256;
/** Keys that are listed, the most frequent ones. */
export const mostListedKeys = 1000;

const AttributeKey = z.object({
  key: z.string(),
  /** Spans that carry it themselves, and those whose resource does. */
  spanCount: z.int(),
  resourceSpanCount: z.int(),
});
export type AttributeKey = z.infer<typeof AttributeKey>;

/** The values of one key in a trace, in columns: one entry a span that has it. */
const AttributeColumn = z.object({
  key: z.string(),
  /** Interned values, as text; `value` points into them. */
  strings: z.array(z.string()),
  spanId: z.array(z.string()),
  value: z.array(z.int()),
  leftOut: z.int(),
});
export type AttributeColumn = z.infer<typeof AttributeColumn>;

/**
 * Which attributes the spans of a trace have, and what the values of some of them are. A key is looked for under every name that it has had in the semantic conventions, on the
 * span first, then on its resource.
 */
export const TraceAttributes = z.object({
  /** Most frequent first. */
  keys: z.array(AttributeKey),
  /** Keys that occur but are not listed. */
  keysLeftOut: z.int(),
  /** One entry a key that was asked for, in that order. */
  columns: z.array(AttributeColumn),
});
export type TraceAttributes = z.infer<typeof TraceAttributes>;
