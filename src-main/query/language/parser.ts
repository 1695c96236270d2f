import { QueryError } from '#proto/bridge/query-error';
import type { Query } from '#proto/model/query';
import type { Subject } from '#proto/model/query-fields';
import { readLogql, selectorAhead as logqlAhead } from './logql/logql.ts';
import { QueryLimits } from './query-limits.ts';
import { readTerm } from './terms.ts';
import { readTraceql, selectorAhead as traceqlAhead } from './traceql/traceql.ts';
import { Tokenizer } from './tokenizer.ts';

/** The other languages of which selectors are understood. */
const selectors = {
  traces: { ahead: traceqlAhead, read: readTraceql },
  logs: { ahead: logqlAhead, read: readLogql },
} as const;

/** Tokens as a tree: NOT binds closest, then AND, which need not be written, then OR. What is in parentheses of its own stays a part of its own. */
export class Parser {
  readonly #text: string;
  readonly #tokens: Tokenizer;
  readonly #subject: Subject;
  readonly #limits = new QueryLimits();

  constructor(text: string, subject: Subject) {
    this.#text = text;
    this.#tokens = new Tokenizer(text, selectors[subject].ahead);
    this.#subject = subject;
  }

  query(): Query {
    return this.#tokens.next.kind === 'end' ? { kind: 'and', of: [] } : this.#alternatives();
  }

  #alternatives(): Query {
    const first = this.#all();
    const of = [first];
    while (this.#tokens.next.kind === 'OR') {
      this.#tokens.advance();
      of.push(this.#all());
    }
    return of.length === 1 ? first : { kind: 'or', of };
  }

  #all(): Query {
    const first = this.#part();
    const of = [first];
    for (let { kind } = this.#tokens.next; kind !== 'OR' && kind !== ')' && kind !== 'end'; { kind } = this.#tokens.next) {
      if (kind === 'AND') this.#tokens.advance();
      of.push(this.#part());
    }
    return of.length === 1 ? first : { kind: 'and', of };
  }

  #part(): Query {
    const token = this.#tokens.next;
    switch (token.kind) {
      case 'words':
      case 'comparison':
        this.#limits.countTerm(token.start);
        this.#tokens.advance();
        return readTerm(token, this.#subject);
      case 'selector': {
        const { query, end } = selectors[this.#subject].read(this.#text, token.start, this.#limits);
        this.#tokens.continueAt(end);
        return query;
      }
      case 'NOT':
        this.#tokens.advance();
        return { kind: 'not', query: this.#limits.nested(token.start, () => this.#part()) };
      case '(':
        this.#tokens.advance();
        return this.#limits.nested(token.start, () => this.#group(token.start));
      case 'AND':
      case 'OR':
        throw new QueryError(
          `Something to look for is missing before ${token.kind}. To look for the word itself, put it in quotes.`,
          token.start,
        );
      case ')':
        throw new QueryError('Something to look for is missing before this parenthesis.', token.start);
      case 'end':
        throw new QueryError(
          'Something to look for is missing at the end. To look for AND, OR or NOT as a word, put it in quotes.',
          token.start,
        );
    }
  }

  #group(start: number): Query {
    const query = this.#alternatives();
    if (this.#tokens.next.kind !== ')')
      throw new QueryError('The parenthesis that begins here is not closed. To look for it as text, use quotes.', start);
    this.#tokens.advance();
    return query;
  }
}
