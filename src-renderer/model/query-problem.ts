/** Where the engine could not read a query, and why. */
export interface QueryProblem {
  /** Index of the first character that is not understood. */
  position: number;
  message: string;
}

/** The contract's `BAD_QUERY` error as what a query bar shows; `undefined` for any other error. */
export const queryProblem = (error: unknown): QueryProblem | undefined => {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'BAD_QUERY' || !('data' in error)) return undefined;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('position' in data) || !('message' in data)) return undefined;
  return { position: Number(data.position), message: String(data.message) };
};
