import { ORPCError } from '@orpc/server';

/** Told of every error that is a fault of ours, so that the answer need not say anything about the inside. */
export type Report = (error: unknown) => void;

interface Call<Result> {
  next: () => Promise<Result>;
  signal?: AbortSignal | undefined;
}

/** An interceptor for oRPC's calls: reports what no client was meant to cause. */
export function reporting(report: Report) {
  return async <Result>({ next, signal }: Call<Result>): Promise<Result> => {
    try {
      return await next();
    } catch (error) {
      const isAnswer = error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR';
      if (!isAnswer && signal?.aborted !== true) report(error instanceof ORPCError ? (error.cause ?? error) : error);
      throw error;
    }
  };
}
