/** A query that cannot be read; `position` is the index of the first character that is not understood. */
export class QueryError extends Error {
  override name = 'QueryError';
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
