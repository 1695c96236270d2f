import { z } from 'zod';

export const mostCompletions = 200;

/** What may be typed next in a query: a key of attributes, a value of one, a name. */
const Completion = z.object({
  text: z.string(),
  /** Spans, or log records, that have it, among those that were looked at. */
  count: z.int(),
});
export type Completion = z.infer<typeof Completion>;

export const Completions = z.object({
  /** What begins with the prefix comes first, then what has a word that does, then what holds it; the most frequent of these first. */
  items: z.array(Completion),
  /** How many spans, or log records, were looked at: the newest ones, as many as take no time. */
  lookedAt: z.int(),
});
export type Completions = z.infer<typeof Completions>;

/** Whose values are wanted: of a key that attributes have, or of a field. Neither: the keys themselves. */
export const CompletionsOf = z.object({
  subject: z.enum(['traces', 'logs']),
  key: z.string().max(1024).optional().describe('The key of attributes whose values are wanted, under any name that it has had.'),
  field: z.enum(['service', 'name']).optional().describe('The field whose values are wanted.'),
  prefix: z.string().max(1024).default('').describe('What was typed so far.'),
  limit: z.coerce.number().int().min(1).max(mostCompletions).default(20),
});
export type CompletionsOf = z.output<typeof CompletionsOf>;
