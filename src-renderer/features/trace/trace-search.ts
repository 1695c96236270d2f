import { z } from 'zod';
import { spanIdPattern } from '#proto/model/ids';
import { type Collapse, mostToggled } from '#ui/model/collapse.ts';
import { TimelineSearch } from './timeline/timeline-search.ts';

const SpanIds = z
  .string()
  .max(mostToggled * 17)
  .regex(/^[0-9a-f]{16}(\.[0-9a-f]{16})*$/);

/** Text in an address: what a person typed, or a value of an attribute. */
const Text = z.string().max(1024).optional().catch(undefined);

/** What spans are sorted into groups by: `service`, `attribute:http.route` … (`readDimension`). */
const Dimension = z.string().max(300).optional().catch(undefined);

export const tabIds = ['timeline', 'flame', 'spans', 'statistics', 'map', 'logs', 'json'] as const;
export type TabId = (typeof tabIds)[number];

/**
 * What the address of a trace says: `/traces/TRACEID?span=…&tab=logs&depth=…&folds=…`. Whatever else stands there is ignored, never an error page.
 */
export const TraceSearch = z.object({
  /** The span that the inspector shows. */
  span: z.string().toLowerCase().regex(spanIdPattern).optional().catch(undefined),
  /** The timeline, unless this says otherwise. */
  tab: z.enum(tabIds).optional().catch(undefined),
  /** Spans of this depth and deeper are folded, `0` being the roots. */
  depth: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined),
  /** Spans for which it is the other way round, their ids parted by dots. */
  folds: SpanIds.optional().catch(undefined),
  ...TimelineSearch.shape,
  /** A span of the frame that the flame graph shows at full width. */
  frame: z.string().toLowerCase().regex(spanIdPattern).optional().catch(undefined),
  /** Of the tables of spans and of statistics: the column that they are in order of, a `-` in front for the largest first. */
  sort: z.string().max(300).optional().catch(undefined),
  /** Of the table of spans: what it is grouped by, which of the groups are open (`writeList`), and what it is filtered by. */
  group: Dimension,
  open: z.string().max(4096).optional().catch(undefined),
  filter: Text,
  /** Spans of which the dimension `by` has the value `is`. */
  by: Dimension,
  is: Text,
  /** Attributes that are columns (`writeList`). */
  columns: z.string().max(4096).optional().catch(undefined),
  /** What the statistics are of, the services unless this says otherwise. */
  of: Dimension,
  /** The map, unless this says otherwise. */
  form: z.enum(['list']).optional().catch(undefined),
  /** What is looked for in the JSON, and whether it is that of the selected span alone. */
  text: Text,
  only: z.enum(['span']).optional().catch(undefined),
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

/** A list of texts in one parameter, parted by commas; those in the texts are escaped. */
export const writeList = (texts: readonly string[]): string | undefined =>
  texts.length === 0 ? undefined : texts.map((text) => encodeURIComponent(text)).join(',');

export const readList = (list: string | undefined): readonly string[] => (list === undefined ? [] : list.split(',').flatMap(decoded));

const decoded = (text: string): string[] => {
  try {
    return [decodeURIComponent(text)];
  } catch {
    return [];
  }
};
