import { QueryError } from '#proto/bridge/query-error';
import type { Query } from '#proto/model/query';
import type { Subject } from '#proto/model/query-fields';
import { Parser } from './language/parser.ts';

const maxCharacters = 4096;

/**
 * Reads a query as `docs/query-language.md` describes it. Throws `QueryError` with the index of the first character that is not understood, and in plain words what would be.
 */
export function parseQuery(text: string, subject: Subject): Query {
  if (text.length > maxCharacters) throw new QueryError(`A query can be ${maxCharacters} characters long.`, maxCharacters);
  return new Parser(text, subject).query();
}
