import { z } from 'zod';
import { spanIdPattern, traceIdPattern } from '#proto/model/ids';

const TraceIdParameter = z.string().toLowerCase().regex(traceIdPattern).optional().catch(undefined);

/** What the address of a comparison says: `/compare?a=TRACEID&b=TRACEID`. Whatever else stands there is ignored, never an error page. */
export const CompareSearch = z.object({
  /** Without it, the trace before `b` of the same root operation. */
  a: TraceIdParameter,
  b: TraceIdParameter,
  /** The node that is looked at, by its first span in B, or in A where B has none. */
  at: z.string().toLowerCase().regex(spanIdPattern).optional().catch(undefined),
  /** All nodes, unless this says otherwise. */
  show: z.enum(['changes']).optional().catch(undefined),
});
export type CompareSearch = z.infer<typeof CompareSearch>;

const QueryParameter = z.string().max(4096).optional().catch(undefined);
const TimeParameter = z
  .string()
  .regex(/^\d{1,20}$/)
  .optional()
  .catch(undefined);

/** `/compare/groups?restart=SERVICE`, or `/compare/groups?qa=…&fa=…&ta=…&qb=…&fb=…&tb=…`: query and range of arrival of each group, in nanoseconds since 1970. */
export const GroupsSearch = z.object({
  restart: z.string().min(1).max(4096).optional().catch(undefined),
  qa: QueryParameter,
  fa: TimeParameter,
  ta: TimeParameter,
  qb: QueryParameter,
  fb: TimeParameter,
  tb: TimeParameter,
});
export type GroupsSearch = z.infer<typeof GroupsSearch>;
