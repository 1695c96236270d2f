import { ORPCError } from '@orpc/client';
import { z } from 'zod';

const BadQuery = z.object({ position: z.int().min(0), message: z.string() });

/** Where and why the engine could not read a query; undefined for every other error. */
export const badQueryOf = (error: unknown): z.infer<typeof BadQuery> | undefined => {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_QUERY') return undefined;
  const { success, data } = BadQuery.safeParse(error.data);
  return success ? data : { position: 0, message: error.message };
};
