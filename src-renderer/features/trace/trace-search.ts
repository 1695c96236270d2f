import { z } from 'zod';
import { spanIdPattern } from '#proto/model/ids';
import { type Collapse, mostToggled } from '#ui/model/collapse.ts';

const SpanIds = z
  .string()
  .max(mostToggled * 17)
  .regex(/^[0-9a-f]{16}(\.[0-9a-f]{16})*$/);

/**
 * What the address of a trace says: `/traces/TRACEID?span=…&tab=logs&depth=…&folds=…`. Whatever else stands there is ignored, never an error page.
 */
export const TraceSearch = z.object({
  /** The span that the inspector shows. */
  span: z.string().toLowerCase().regex(spanIdPattern).optional().catch(undefined),
  /** The timeline, unless this says otherwise. */
  tab: z.enum(['logs']).optional().catch(undefined),
  /** Spans of this depth and deeper are folded, `0` being the roots. */
  depth: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined),
  /** Spans for which it is the other way round, their ids parted by dots. */
  folds: SpanIds.optional().catch(undefined),
});
export type TraceSearch = z.infer<typeof TraceSearch>;

export const collapseOf = ({ depth, folds }: Pick<TraceSearch, 'depth' | 'folds'>): Collapse => ({
  fromDepth: depth,
  toggled: folds === undefined ? [] : folds.split('.').slice(-mostToggled),
});

export const searchOf = ({ fromDepth, toggled }: Collapse): Pick<TraceSearch, 'depth' | 'folds'> => ({
  depth: fromDepth,
  folds: toggled.length === 0 ? undefined : toggled.join('.'),
});
