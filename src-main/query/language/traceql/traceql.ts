import { QueryError } from '#proto/bridge/query-error';
import type { Query } from '#proto/model/query';
import type { QueryLimits } from '../query-limits.ts';
import { readComparison, type SelectorOperator, type SelectorValue } from './comparison.ts';
import { selectorField, type SelectorField } from './fields.ts';
import { SelectorTokens, type SelectorToken } from '../selector-tokens.ts';

/** How a selector begins: with a comparison, a field, a group or its end, which nothing else does that is likely to be looked for in braces. */
export const selectorAhead =
  /\{\s*(?:\}|[(!]|(?:[\p{L}_.](?:[^\s{}()=~!<>&|^,"`]|"[^"]*")*|"[^"]*"|`[^`]*`|-?\d[\w.]*)\s*(?:!?=|[<>]|!?~|&&|\|\|)|\.[\p{L}_]|$)/uy;

/**
 * The selectors of TraceQL that begin at `start`, `{ resource.service.name = "api" && duration > 100ms }`, as a part of a query, and where they end: one span has to meet all of a
 * selector, as of every query here. Throws `QueryError` that names what goes beyond selectors.
 */
export function readTraceql(text: string, start: number, limits: QueryLimits): { query: Query; end: number } {
  return new TraceqlParser(new SelectorTokens(text, start), limits).selectors();
}

const operators: readonly string[] = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'] satisfies SelectorOperator[];
const isOperator = (text: string): text is SelectorOperator => operators.includes(text);

/** As seen from the other side. */
const mirrored: Record<string, SelectorOperator> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' };

type Operand = { kind: 'field'; field: SelectorField; start: number } | { kind: 'value'; value: SelectorValue };

class TraceqlParser {
  readonly #tokens: SelectorTokens;
  readonly #limits: QueryLimits;

  constructor(tokens: SelectorTokens, limits: QueryLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  /** A trace is found by one of its spans, so `||` between selectors asks for a span that meets either. */
  selectors(): { query: Query; end: number } {
    const of = [this.#selector()];
    while (this.#tokens.takes(/\s*\|\|/uy)) of.push(this.#selector());
    const { end } = this.#tokens;
    const problem = this.#tokens.isAhead(/\s*(?:[|&<>~!]|with\b)/uy) ? beyond(this.#tokens.next) : undefined;
    if (problem !== undefined) throw problem;
    return { query: joined('or', of), end };
  }

  #selector(): Query {
    const { start } = this.#tokens.next;
    if (!this.#tokens.passes('{')) throw new QueryError('A selector in braces is missing here, as in { status = error }.', start);
    if (this.#tokens.passes('}')) return { kind: 'and', of: [] };
    const query = this.#any();
    if (!this.#tokens.passes('}')) throw this.#unexpected('The selector is not closed here: && or || or } is missing.');
    return query;
  }

  #any(): Query {
    const of = [this.#all()];
    while (this.#tokens.passes('||')) of.push(this.#all());
    return joined('or', of);
  }

  #all(): Query {
    const of = [this.#part()];
    while (this.#tokens.passes('&&')) of.push(this.#part());
    return joined('and', of);
  }

  #part(): Query {
    const { start } = this.#tokens.next;
    if (this.#tokens.passes('!')) return { kind: 'not', query: this.#limits.nested(start, () => this.#part()) };
    if (this.#tokens.passes('(')) {
      const query = this.#limits.nested(start, () => this.#any());
      if (!this.#tokens.passes(')')) throw this.#unexpected('The parenthesis is not closed here: && or || or ) is missing.');
      return query;
    }
    this.#limits.countTerm(start);
    return this.#comparison();
  }

  #comparison(): Query {
    const left = this.#operand();
    const sign = this.#tokens.next;
    if (sign.kind !== 'sign' || !isOperator(sign.text)) return this.#alone(left);
    this.#tokens.advance();
    const right = this.#operand();
    const operatorStart = sign.start;
    if (left.kind === 'field' && right.kind === 'value')
      return readComparison(left.field, { operator: sign.text, operatorStart, value: right.value });
    if (left.kind === 'value' && right.kind === 'field')
      return readComparison(right.field, { operator: mirrored[sign.text] ?? sign.text, operatorStart, value: left.value });
    throw new QueryError('A field has to be compared with a value; two fields or two values cannot be compared.', operatorStart);
  }

  /** A bool attribute on its own. */
  #alone(operand: Operand): Query {
    if (operand.kind === 'field' && operand.field.kind === 'attribute')
      return { kind: 'attribute', key: operand.field.key, comparison: '=', value: 'true' };
    throw this.#unexpected('A comparison is missing here, as in duration > 100ms.');
  }

  #operand(): Operand {
    const token = this.#tokens.next;
    if (token.kind === 'sign' || token.kind === 'end')
      throw this.#unexpected('A field or a value is missing here, as in duration > 100ms.');
    this.#tokens.advance();
    if (token.kind !== 'path' || words.has(token.text)) return { kind: 'value', value: token };
    return { kind: 'field', field: selectorField(token.text, token.start), start: token.start };
  }

  #unexpected(sentence: string): QueryError {
    const { next } = this.#tokens;
    if (next.kind === 'sign' && /^[+*/%^-]$/u.test(next.text))
      return new QueryError(`Arithmetic (${next.text}) is not supported in selectors.`, next.start);
    return new QueryError(sentence, next.start);
  }
}

/** Values that look like fields. */
const words: ReadonlySet<string> = new Set([
  'true',
  'false',
  'nil',
  'error',
  'ok',
  'unset',
  'server',
  'client',
  'producer',
  'consumer',
  'internal',
  'unspecified',
]);

function joined(kind: 'and' | 'or', of: readonly Query[]): Query {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind, of };
}

/** What TraceQL has behind a selector; undefined of what goes on with the query around. */
function beyond(token: SelectorToken): QueryError | undefined {
  const { start } = token;
  const text = token.kind === 'sign' || token.kind === 'path' ? token.text : '';
  if (text === '|')
    return new QueryError(
      'Pipelines of TraceQL (| count(), | select(), | by(), | rate() and the like) are not supported; a selector on its own is.',
      start,
    );
  if (text === '&&')
    return new QueryError(
      '&& between selectors asks for two spans of a trace, which is not supported. Inside of one selector it asks for one span.',
      start,
    );
  if (/^[&!]{0,2}(?:>>|<<|[<>~])$|^!~$/u.test(text))
    return new QueryError(`The structural operator ${text} of TraceQL is not supported; one span has to meet the whole selector.`, start);
  if (text === 'with') return new QueryError('Hints of TraceQL (with) are not supported.', start);
  return undefined;
}
