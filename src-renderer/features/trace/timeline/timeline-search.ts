import { z } from 'zod';
import { spanIdPattern } from '#proto/model/ids';
import { mostOpenRuns, type RunFolding } from '#ui/model/similar-runs.ts';

const spanIds = /^[0-9a-f]{16}(\.[0-9a-f]{16})*$/;

/** What the address says of the timeline alone: `?find=SELECT&runs=…&root=…&path=critical&clocks=adjusted`. What cannot be read is ignored. */
export const TimelineSearch = z.object({
  /** What is looked for. */
  find: z.string().max(200).optional().catch(undefined),
  /** `none` where runs of similar spans are not folded, else the runs that are open: the id of a span of each, parted by dots. */
  runs: z
    .string()
    .max(mostOpenRuns * 17)
    .refine((text) => text === 'none' || spanIds.test(text))
    .optional()
    .catch(undefined),
  /** The span that stands at the top; the whole trace where there is none. */
  root: z.string().toLowerCase().regex(spanIdPattern).optional().catch(undefined),
  /** Whether the critical path is drawn. */
  path: z.enum(['critical']).optional().catch(undefined),
  /** Whether times are shown as they would be if all clocks agreed. */
  clocks: z.enum(['adjusted']).optional().catch(undefined),
});
export type TimelineSearch = z.infer<typeof TimelineSearch>;

export const runFoldingOf = ({ runs }: Pick<TimelineSearch, 'runs'>): RunFolding =>
  runs === 'none' ? 'none' : runs === undefined ? [] : runs.split('.').slice(-mostOpenRuns);

export const searchOfRuns = (folding: RunFolding): Pick<TimelineSearch, 'runs'> => ({
  runs: folding === 'none' ? 'none' : folding.length === 0 ? undefined : folding.join('.'),
});
