import { z } from 'zod';

/** What the address of the trace list says: `/traces?q=…`. Whatever else stands there is ignored, never an error page. */
export const TracesSearch = z.object({ q: z.string().max(4096).default('').catch('') });
