import { queryPieces } from './query-text.ts';

/** A query that finds what both `query` and the term find; `query` as it is where it has the term already. */
export const narrowedQuery = (query: string, term: string): string => {
  const pieces = queryPieces(query);
  if (pieces.length === 0) return term;
  const isOr = pieces.some(({ kind, text }) => kind === 'operator' && text === 'OR');
  if (!isOr && pieces.some(({ text }, index) => text === term && pieces[index - 1]?.text !== 'NOT')) return query;
  return `${isOr ? `(${query.trim()})` : query.trim()} ${term}`;
};
