import { QueryError } from '#proto/bridge/query-error';
import type { Query, TextPattern } from '#proto/model/query';
import { readRegex } from '../regular-expressions.ts';
import type { QueryLimits } from '../query-limits.ts';
import { SelectorTokens, type SelectorToken } from '../selector-tokens.ts';
import { readLabel, type LabelMatch } from './labels.ts';

/** How a selector begins: with a label that is compared with something in quotes. */
export const selectorAhead = /\{\s*[A-Za-z_]\w*\s*(?:!?=|!~|=~)\s*["`]/uy;

/**
 * A selector of LogQL that begins at `start`, with its filters, `{service="x"} |= "text" | json | level="ERROR"`, as a part of a query, and where it ends. Throws `QueryError` that
 * names what goes beyond filters.
 */
export function readLogql(text: string, start: number, limits: QueryLimits): { query: Query; end: number } {
  return new LogqlParser(new SelectorTokens(text, start), limits).selector();
}

/** Stages that take a line apart: attributes are apart already. */
const parsers: ReadonlySet<string> = new Set(['json', 'logfmt']);

const operators: readonly string[] = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'] satisfies LabelMatch['operator'][];
const isOperator = (text: string): text is LabelMatch['operator'] => operators.includes(text);

class LogqlParser {
  readonly #tokens: SelectorTokens;
  readonly #limits: QueryLimits;

  constructor(tokens: SelectorTokens, limits: QueryLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  selector(): { query: Query; end: number } {
    this.#tokens.passes('{');
    const of = [this.#label()];
    while (this.#tokens.passes(',')) of.push(this.#label());
    if (!this.#tokens.passes('}')) throw this.#unexpected('The selector is not closed here: a comma or } is missing.');
    while (this.#tokens.isAhead(/\s*(?:\||![=~])/uy)) of.push(...this.#stage());
    const { end } = this.#tokens;
    if (this.#tokens.isAhead(/\s*(?:\[|offset\b|unless\b)/uy))
      throw new QueryError('Ranges and what is counted over them are not supported; a selector with its filters is.', end);
    return { query: joined('and', of), end };
  }

  #stage(): Query[] {
    const token = this.#tokens.next;
    this.#tokens.advance();
    switch (token.kind === 'sign' ? token.text : '') {
      case '|=':
        return [this.#line(containing)];
      case '!=':
        return [{ kind: 'not', query: this.#line(containing) }];
      case '|~':
        return [this.#line(readRegex)];
      case '!~':
        return [{ kind: 'not', query: this.#line(readRegex) }];
      case '|':
        return this.#piped();
      default:
        throw new QueryError('This filter of LogQL is not supported. There are |=, !=, |~, !~ and labels behind |.', token.start);
    }
  }

  /** `|= "a" or "b"` asks for either. */
  #line(pattern: (text: Extract<SelectorToken, { kind: 'text' }>['value']) => TextPattern): Query {
    const of: Query[] = [];
    do {
      const token = this.#tokens.next;
      if (token.kind !== 'text') throw this.#unexpected('A text in quotes is missing here.');
      this.#limits.countTerm(token.start);
      this.#tokens.advance();
      of.push({ kind: 'like', field: 'body', pattern: pattern(token.value) });
    } while (this.#tokens.takes(/\s*or\b/uy));
    return joined('or', of);
  }

  #piped(): Query[] {
    if (this.#tokens.isAhead(/\s*\w+\s*(?:!?=|[<>]|!~|=~)/uy) || this.#tokens.isAhead(/\s*\(/uy)) return [this.#anyLabel()];
    const { next } = this.#tokens;
    const name = next.kind === 'path' ? next.text : '';
    if (!parsers.has(name))
      throw new QueryError(
        `${name === '' ? 'A stage is missing here' : `The stage ${name} of LogQL is not supported`}. There are json and logfmt, and comparisons of labels.`,
        next.start,
      );
    this.#tokens.advance();
    return [];
  }

  #anyLabel(): Query {
    const of = [this.#allLabels()];
    while (this.#tokens.takes(/\s*or\b/uy)) of.push(this.#allLabels());
    return joined('or', of);
  }

  #allLabels(): Query {
    const of = [this.#labelOrGroup()];
    while (this.#tokens.takes(/\s*(?:and\b|,)/uy)) of.push(this.#labelOrGroup());
    return joined('and', of);
  }

  #labelOrGroup(): Query {
    if (!this.#tokens.isAhead(/\s*\(/uy)) return this.#label();
    const { start } = this.#tokens.next;
    this.#tokens.advance();
    const query = this.#limits.nested(start, () => this.#anyLabel());
    if (!this.#tokens.passes(')')) throw this.#unexpected('The parenthesis is not closed here: and, or or ) is missing.');
    return query;
  }

  #label(): Query {
    const label = this.#tokens.next;
    if (label.kind !== 'path') throw this.#unexpected('A label is missing here, as in service_name="api".');
    this.#limits.countTerm(label.start);
    this.#tokens.advance();
    const sign = this.#tokens.next;
    if (sign.kind !== 'sign' || !isOperator(sign.text)) throw this.#unexpected('A comparison is missing here, as in service_name="api".');
    this.#tokens.advance();
    const value = this.#tokens.next;
    if (value.kind !== 'text' && value.kind !== 'number') throw this.#unexpected('A value in quotes is missing here, or a number.');
    this.#tokens.advance();
    return readLabel({ label: label.text, operator: sign.text, operatorStart: sign.start, value });
  }

  #unexpected(sentence: string): QueryError {
    return new QueryError(sentence, this.#tokens.next.start);
  }
}

const containing = ({ text }: { text: string }): TextPattern => ({ kind: 'wildcard', parts: text === '' ? ['', ''] : ['', text, ''] });

function joined(kind: 'and' | 'or', of: readonly Query[]): Query {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind, of };
}
