import { z } from 'zod';
import { targets } from './recipes/all.ts';

/** What the address of the setup page says: `/setup?for=node`. Whatever else stands there is ignored, never an error page. */
export const SetupSearch = z.object({ for: z.enum(targets).optional().catch(undefined) });
