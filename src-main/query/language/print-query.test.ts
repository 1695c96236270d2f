import { describe, expect, it } from 'vitest';
import { QueryError } from '#proto/bridge/query-error';
import type { Comparison, Query, QueryTerm, TextPattern } from '#proto/model/query';
import type { Subject } from '#proto/model/query-fields';
import { parseQuery } from '../parse-query.ts';
import { printQuery } from './print-query.ts';

/** Park and Miller's generator: the same trees in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

type Random = () => number;
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
const many = <Item>(random: Random, from: number, to: number, make: () => Item): Item[] =>
  Array.from({ length: from + Math.floor(random() * (to - from + 1)) }, make);

const pieces = [
  'a',
  'order',
  'AND',
  'OR',
  'NOT',
  'service',
  'duration',
  'Ü',
  '検',
  '7',
  '-1',
  '1e3',
  '"',
  '\\',
  '(',
  ')',
  ' ',
  '\n',
  '\0',
  '\uD800',
  '😀',
  '*',
  '=',
  '!',
  '<',
  '>',
  '~',
  ':',
  '.',
  '/',
  '{',
  '|',
];
const anyText = (random: Random): string => many(random, 0, 4, () => pick(random, pieces)).join('');
const regexes = ['a', '^GET "x" \\d+$', '\\\\', '(a|b)*', '[^"\\\\]', 'time.?out', '\\"', ' ', '=', 'a{2}~', ''];

/** As stars are read: none next to another one, and one at least. */
function anyWildcard(random: Random): TextPattern {
  const between = many(random, 0, 2, () => anyText(random)).filter((part) => part !== '');
  return { kind: 'wildcard', parts: [anyText(random), ...between, `${anyText(random)}x`] };
}

const anyPattern = (random: Random): TextPattern =>
  random() < 0.5 ? anyWildcard(random) : { kind: 'regex', source: pick(random, regexes) };

const comparisons: readonly Comparison[] = ['=', '!=', '>', '>=', '<', '<='];
const numbers = ['5', '-1.5', '.5', '5.', '+1e-3', '0x1f', ' 7 ', '007'];

function anyTerm(random: Random, subject: Subject): QueryTerm {
  const comparison = pick(random, comparisons);
  const terms: (() => QueryTerm)[] = [
    () => ({ kind: 'text', text: anyText(random) + pick(random, ['x', '9', 'ß']) + anyText(random), prefix: random() < 0.3 }),
    () => ({ kind: 'service', name: anyText(random) }),
    () => ({ kind: 'exists', key: anyText(random) }),
    () => ({ kind: 'attributeLike', key: anyText(random), pattern: anyPattern(random) }),
    () => ({ kind: 'like', field: pick(random, ['service', subject === 'logs' ? 'body' : 'name']), pattern: anyPattern(random) }),
    () => ({ kind: 'like', field: 'any', pattern: { kind: 'regex', source: pick(random, regexes) } }),
    () => ({
      kind: 'attribute',
      key: anyText(random),
      comparison,
      value: comparison === '=' || comparison === '!=' ? anyText(random) : pick(random, numbers),
    }),
  ];
  if (subject === 'logs') terms.push(() => ({ kind: 'severity', comparison, severity: Math.floor(random() * 27) }));
  else {
    terms.push(
      () => ({ kind: 'name', name: anyText(random) }),
      () => ({ kind: 'status', status: pick(random, ['error', 'ok', 'unset']) }),
      () => ({ kind: 'spanKind', spanKind: Math.floor(random() * 8) }),
      () => ({
        kind: 'duration',
        comparison,
        ns: String(BigInt(Math.floor(random() * 2000) - 500) * 10n ** BigInt(Math.floor(random() * 15))),
      }),
    );
  }
  return pick(random, terms)();
}

function anyTree(random: Random, subject: Subject, depth: number): Query {
  const kind = depth === 0 ? 1 : random();
  if (kind < 0.2) return { kind: 'not', query: anyTree(random, subject, depth - 1) };
  if (kind < 0.6) return { kind: kind < 0.4 ? 'and' : 'or', of: many(random, 2, 3, () => anyTree(random, subject, depth - 1)) };
  return anyTerm(random, subject);
}

/** The tree of a text, where it has one. Anything else than a `QueryError` within the text fails the test. */
function read(text: string, subject: Subject): Query | undefined {
  try {
    return parseQuery(text, subject);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    expect(error.position).toBeGreaterThanOrEqual(0);
    expect(error.position).toBeLessThanOrEqual(text.length);
    expect(error.message).toMatch(/^[A-Z].*[.…"]$/s);
    return undefined;
  }
}

describe('printQuery', () => {
  it.each<Subject>(['traces', 'logs'])('writes random trees of %s so that they are read as the same', (subject) => {
    const random = randomOf(20_261_123);
    for (let round = 0; round < 5000; round += 1) {
      const tree = anyTree(random, subject, Math.floor(random() * 4));
      const text = printQuery(tree);
      expect({ text, tree: parseQuery(text, subject) }).toEqual({ text, tree });
    }
  });

  it.each<Subject>(['traces', 'logs'])('writes whatever can be read of %s, and nothing breaks the parser', (subject) => {
    const random = randomOf(4711);
    const more = [
      'kind:server',
      'severity>=warn',
      'duration>5ms',
      'status:error',
      'key=*',
      '(',
      ')',
      ' ',
      ' ',
      ' NOT ',
      ' OR ',
      'µs',
      '~"a.*b"',
      'name~^x',
      'service!~',
      'key=a*b',
      '"*"*',
      'size>5kB',
      '{ .a = "x" && duration > 1s }',
      ':',
      '>=',
    ];
    let readable = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const tree = read(many(random, 0, 8, () => pick(random, random() < 0.5 ? pieces : more)).join(''), subject);
      if (tree === undefined) continue;
      readable += 1;
      expect(parseQuery(printQuery(tree), subject)).toEqual(tree);
    }
    expect(readable).toBeGreaterThan(2000);
  });

  it.each([
    [' a   AND  b ', 'a b'],
    ['a b OR c', 'a AND b OR c'],
    ['(a OR b) (c d)', '(a OR b) (c d)'],
    ['"order" "two words"* "AND" "a-b"', 'order "two words"* "AND" a-b'],
    ['NOT service:api NOT key=*', 'service!=api key!=*'],
    ['kind=3 duration>1500000us duration<90m', 'kind:client duration>1500ms duration<90m'],
    ['"http.route"="/cart" "status"=500 "two words">5', 'http.route=/cart "status"=500 "two words">5'],
  ])('writes %j as %j', (text, canonical) => expect(printQuery(parseQuery(text, 'traces'))).toBe(canonical));

  it.each([
    ['severity:ERROR', 'severity:error'],
    ['a severity!=error', 'a severity!=error'],
    ['NOT (severity>=9 severity<=12)', 'severity!=info'],
    ['severity>=13 severity>16 severity<18', 'severity>=warn severity>warn severity<18'],
  ])('writes severities by name: %j as %j', (text, canonical) => expect(printQuery(parseQuery(text, 'logs'))).toBe(canonical));
});
