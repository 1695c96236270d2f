import { QueryError } from '#proto/bridge/query-error';

const maxTerms = 64;
const maxNesting = 32;

/** How large the tree of one query may grow, in whatever language it was written. */
export class QueryLimits {
  #terms = 0;
  #nesting = 0;

  countTerm(start: number): void {
    if (this.#terms === maxTerms) throw new QueryError(`A query can have ${maxTerms} terms.`, start);
    this.#terms += 1;
  }

  nested<Part>(start: number, read: () => Part): Part {
    if (this.#nesting === maxNesting) throw new QueryError(`Parentheses and NOT can be nested ${maxNesting} deep.`, start);
    this.#nesting += 1;
    const part = read();
    this.#nesting -= 1;
    return part;
  }
}
