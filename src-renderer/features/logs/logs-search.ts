import { z } from 'zod';
import { spanIdPattern, traceIdPattern } from '#proto/model/ids';

/**
 * What the address of the log list says: `/logs?q=…&trace=…&span=…&severity=…&order=…&log=…`. Whatever else stands there is ignored, never an error page.
 */
export const LogsSearch = z.object({
  q: z.string().max(4096).default('').catch(''),
  /** Only the lines of this trace, or of one of its spans. */
  trace: z.string().toLowerCase().regex(traceIdPattern).optional().catch(undefined),
  span: z.string().toLowerCase().regex(spanIdPattern).optional().catch(undefined),
  /** This severity and above. */
  severity: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).optional().catch(undefined),
  /** Newest first where it says nothing. */
  order: z.literal('oldest').optional().catch(undefined),
  /** The line that the inspector shows. */
  log: z.coerce
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .optional()
    .catch(undefined),
});
export type LogsSearch = z.infer<typeof LogsSearch>;
