import { z } from 'zod';
import { spans } from './range/arrival-choice.ts';

const Moment = z
  .string()
  .regex(/^\d{1,19}$/)
  .optional()
  .catch(undefined);

/**
 * What the address of the trace list says: `/traces?q=…`, and which traces by the time of their arrival: `since=15m`, or `from=…&to=…` in nanoseconds since 1970. Whatever else stands there is
 * ignored, never an error page.
 */
export const TracesSearch = z.object({
  q: z.string().max(4096).default('').catch(''),
  since: z.enum(spans).optional().catch(undefined),
  from: Moment,
  to: Moment,
});
