import { QueryError } from '#proto/bridge/query-error';

/** Cursors are opaque to those who hand them back, so that what is in them can change. Inside: decimal numbers. */
export function writeCursor(...numbers: readonly (number | bigint)[]): string {
  return Buffer.from(numbers.join('.')).toString('base64url');
}

/** Throws `QueryError` for anything but a cursor of `count` numbers. */
export function readCursor(cursor: string, count: number): bigint[] {
  const parts = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (parts.length !== count || !parts.every((part) => /^\d{1,20}$/.test(part))) {
    throw new QueryError('The cursor is not one that was given out for this list. Start again without it.', 0);
  }
  return parts.map(BigInt);
}
