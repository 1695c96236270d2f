import type { Query, QueryTerm, TextPattern } from '#proto/model/query';
import { SpanKind } from '#proto/model/span';
import { writeDuration } from './durations.ts';
import { fieldNamed } from './fields.ts';
import { namedRange, writeSeverity } from './severities.ts';

/** What a part stands in, which decides whether it needs parentheses. */
type Around = 'nothing' | Exclude<Query['kind'], QueryTerm['kind']>;

/**
 * A query as text that reads as the same tree again: one way to write each, with as few quotes and parentheses as it takes. For trees that a text can give; a list of one
 * is written as that one, and an empty `and` or `or` cannot be part of anything.
 */
export function printQuery(query: Query): string {
  return print(query, 'nothing');
}

function print(query: Query, around: Around): string {
  if (query.kind === 'not') return printNot(query.query);
  if (query.kind !== 'and' && query.kind !== 'or') return printTerm(query, '=');
  const range = namedRange(query);
  if (range !== undefined) return `severity:${range}`;
  const unlike = unlikeIn(query);
  if (unlike !== undefined) return printLike(unlike, '!');
  const [only] = query.of;
  if (only !== undefined && query.of.length === 1) return print(only, around);
  const parts = query.of.map((part) => print(part, query.kind));
  if (query.kind === 'or') return around === 'nothing' ? parts.join(' OR ') : `(${parts.join(' OR ')})`;
  if (around === 'or') return parts.join(' AND ');
  return around === 'nothing' ? parts.join(' ') : `(${parts.join(' ')})`;
}

/** What `key!=a*` and `key!~a` stand for: the attribute is there and does not fit. */
function unlikeIn(query: Extract<Query, { kind: 'and' | 'or' }>): Extract<QueryTerm, { kind: 'attributeLike' }> | undefined {
  const [exists, not] = query.of;
  if (query.kind !== 'and' || query.of.length !== 2 || exists?.kind !== 'exists' || not?.kind !== 'not') return undefined;
  return not.query.kind === 'attributeLike' && not.query.key === exists.key ? not.query : undefined;
}

/** Where a term says it itself with `!=`, it does. */
function printNot(query: Query): string {
  const range = namedRange(query);
  if (range !== undefined) return `severity!=${range}`;
  return isNegatable(query) ? printTerm(query, '!=') : `NOT ${print(query, 'not')}`;
}

const negatable: readonly Query['kind'][] = ['service', 'name', 'status', 'spanKind', 'exists', 'like'] satisfies QueryTerm['kind'][];
const isNegatable = (query: Query): query is QueryTerm =>
  negatable.includes(query.kind) && !(query.kind === 'like' && query.field === 'any');

/** `sign` is for the terms that have no comparison of their own. */
function printTerm(term: QueryTerm, sign: '=' | '!='): string {
  const fieldSign = sign === '=' ? ':' : sign;
  switch (term.kind) {
    case 'text':
      return printWord(term.text) + (term.prefix ? '*' : '');
    case 'service':
    case 'name':
      return `${term.kind}${fieldSign}${printValue(term.name)}`;
    case 'status':
      return `status${fieldSign}${term.status}`;
    case 'spanKind':
      return `kind${fieldSign}${kindNames.get(term.spanKind) ?? term.spanKind}`;
    case 'duration':
      return `duration${term.comparison}${writeDuration(term.ns)}`;
    case 'severity':
      return `severity${term.comparison}${writeSeverity(term.comparison, term.severity)}`;
    case 'attribute':
      return `${printKey(term.key)}${term.comparison}${printValue(term.value)}`;
    case 'exists':
      return `${printKey(term.key)}${sign}*`;
    case 'attributeLike':
      return printLike(term, '');
    case 'like':
      return (term.field === 'any' ? '' : term.field) + printPattern(term.pattern, sign === '=' ? '' : '!', ':');
  }
}

/** A key with a slash in it needs quotes before a tilde, which could be part of a path there. */
function printLike({ key, pattern }: Extract<QueryTerm, { kind: 'attributeLike' }>, turned: '' | '!'): string {
  return (pattern.kind === 'regex' && key.includes('/') ? quoted(key) : printKey(key)) + printPattern(pattern, turned);
}

/** With its operator, which `turned` makes the opposite; `is` is the one for wildcards that are not. */
function printPattern(pattern: TextPattern, turned: '' | '!', is = '='): string {
  if (pattern.kind === 'regex') return `${turned}~${quoted(pattern.source)}`;
  const parts = pattern.parts.map((part) => (part === '' ? '' : printValue(part)));
  return (turned === '' ? is : '!=') + (parts.length === 1 ? printValue(pattern.parts[0] ?? '') : parts.join('*'));
}

const kindNames = new Map<number, string>(Object.entries(SpanKind).map(([name, number]) => [number, name]));

const printWord = (text: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{N}./_-]*$/u.test(text) && !/^(?:AND|OR|NOT)$/u.test(text) ? text : quoted(text);

const printKey = (key: string): string => (/^[A-Za-z_][\w./-]*$/u.test(key) && fieldNamed(key) === undefined ? key : quoted(key));

/** Numbers are among what needs no quotes; behind `<` that makes them comparisons. */
const printValue = (value: string): string => (/^[^\s"()*\\]+$/u.test(value) ? value : quoted(value));

/** A backslash is doubled only where it would be read as something else. */
const quoted = (text: string): string => `"${text.replaceAll(/"|\\(?=["\\]|$)/gu, String.raw`\$&`)}"`;
