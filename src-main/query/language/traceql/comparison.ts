import { QueryError } from '#proto/bridge/query-error';
import type { Comparison, Query, QueryTerm, TextPattern } from '#proto/model/query';
import { SpanKind } from '#proto/model/span';
import { addDurations } from '../durations.ts';
import { readRegex, wholeRegex } from '../regular-expressions.ts';
import type { SelectorField } from './fields.ts';
import type { SelectorToken } from '../selector-tokens.ts';

export type SelectorOperator = Comparison | '=~' | '!~';

/** What a field is compared with: a token that is no field. */
export type SelectorValue = Exclude<SelectorToken, { kind: 'sign' | 'end' }>;

interface Compared {
  operator: SelectorOperator;
  operatorStart: number;
  value: SelectorValue;
}

/** One comparison of a selector as a part of a query. */
export function readComparison(field: SelectorField, compared: Compared): Query {
  switch (field.kind) {
    case 'service':
    case 'name':
      return compareText(field.kind, compared);
    case 'status':
      return equality({ kind: 'status', status: statusOf(compared.value) }, compared);
    case 'kind':
      return equality({ kind: 'spanKind', spanKind: kindOf(compared.value) }, compared);
    case 'duration':
      return { kind: 'duration', comparison: comparisonOf(compared), ns: durationOf(compared.value) };
    case 'attribute':
      return compareAttribute(field.key, compared);
  }
}

/** Not to be missing is to be there. */
const turn = (query: Query): Query => (query.kind === 'not' ? query.query : { kind: 'not', query });

function equality(term: Query, { operator, operatorStart }: Compared): Query {
  if (operator === '=') return term;
  if (operator === '!=') return turn(term);
  throw new QueryError('This can be compared with = and != only.', operatorStart);
}

function comparisonOf({ operator, operatorStart }: Compared): Comparison {
  if (operator === '=~' || operator === '!~') throw new QueryError('Only texts can be compared with a regular expression.', operatorStart);
  return operator;
}

function compareText(field: 'service' | 'name', compared: Compared): Query {
  const { operator, value } = compared;
  if (operator === '=~') return { kind: 'like', field, pattern: regexOf(value) };
  if (operator === '!~') return turn({ kind: 'like', field, pattern: regexOf(value) });
  if (value.kind !== 'text') throw new QueryError('A name has to be in quotes here.', value.start);
  return equality({ kind: field, name: value.value.text }, compared);
}

function compareAttribute(key: string, compared: Compared): Query {
  const { operator, value } = compared;
  const exists: QueryTerm = { kind: 'exists', key };
  if (operator === '=~') return { kind: 'attributeLike', key, pattern: regexOf(value) };
  if (operator === '!~') return { kind: 'and', of: [exists, turn({ kind: 'attributeLike', key, pattern: regexOf(value) })] };
  if (value.kind === 'path' && value.text === 'nil') return equality(turn(exists), compared);
  if (operator === '=' || operator === '!=') return { kind: 'attribute', key, comparison: operator, value: shownValue(value) };
  if (value.kind !== 'number' || !plainNumber.test(value.text))
    throw new QueryError(`Only a number without a unit can be compared with ${operator}, as in span.http.status_code >= 500.`, value.start);
  return { kind: 'attribute', key, comparison: operator, value: value.text };
}

const plainNumber = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/u;

/** A value as it is displayed, which is what `=` compares with. */
function shownValue(value: SelectorValue): string {
  if (value.kind === 'text') return value.value.text;
  if (value.kind === 'number' && plainNumber.test(value.text)) return /^-?\d+$/u.test(value.text) ? value.text : String(Number(value.text));
  if (value.kind === 'path' && (value.text === 'true' || value.text === 'false')) return value.text;
  throw new QueryError('An attribute is compared with a text in quotes, a number without a unit, true, false or nil.', value.start);
}

/** TraceQL's regular expressions are about the whole text. */
function regexOf(value: SelectorValue): TextPattern {
  if (value.kind !== 'text') throw new QueryError('A regular expression has to be in quotes here.', value.start);
  return wholeRegex(readRegex(value.value));
}

function statusOf(value: SelectorValue): 'error' | 'ok' | 'unset' {
  const name = value.kind === 'path' ? value.text : '';
  if (name === 'error' || name === 'ok' || name === 'unset') return name;
  throw new QueryError('A status is error, ok or unset, without quotes.', value.start);
}

const spanKinds = new Map<string, number>(Object.entries(SpanKind));

function kindOf(value: SelectorValue): number {
  const kind = value.kind === 'path' ? spanKinds.get(value.text) : undefined;
  if (kind !== undefined) return kind;
  throw new QueryError(`A kind is ${[...spanKinds.keys()].join(', ')}, without quotes.`, value.start);
}

function durationOf(value: SelectorValue): string {
  const ns = value.kind === 'number' ? addDurations(value.text) : undefined;
  if (ns !== undefined) return ns;
  throw new QueryError('A duration is a number of h, m, s, ms, us or ns, as in 1.5s or 1m30s.', value.start);
}
