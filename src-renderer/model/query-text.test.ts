import { describe, expect, it } from 'vitest';
import { askedWhileTyping, queryPieces, type QueryParts, readQuery, serviceTerm, writeQuery } from './query-text.ts';

const only = (rest: string): QueryParts => ({ services: [], errorsOnly: false, rest });

describe('queryPieces', () => {
  it('splits at white space outside of quotes and keeps positions', () => {
    expect(queryPieces('a  "b c"  key="d e"')).toEqual([
      { kind: 'term', text: 'a', start: 0, end: 1 },
      { kind: 'term', text: '"b c"', start: 3, end: 8 },
      { kind: 'term', text: 'key="d e"', start: 10, end: 19 },
    ]);
  });
  it('takes an open quote to the end', () => expect(queryPieces('x "open quote').map(({ text }) => text)).toEqual(['x', '"open quote']));
  it.each([
    ['a OR (b c) d', ['term a', 'operator OR', 'group (b c)', 'term d']],
    ['NOT(a "b)" (c d)) e', ['operator NOT', 'group (a "b)" (c d))', 'term e']],
    ['fn(a, b) or "OR" ORDER', ['term fn(a,', 'term b)', 'term or', 'term "OR"', 'term ORDER']],
    ['(a (b', ['group (a (b']],
    ['', []],
  ])('knows groups and operators in %s', (query, pieces) => {
    expect(queryPieces(query).map(({ kind, text }) => `${kind} ${text}`)).toEqual(pieces);
  });
});

describe('readQuery', () => {
  it('finds a service and the errors switch between words', () => {
    expect(readQuery('timeout service:"my broker" status:error "no route"')).toEqual({
      services: ['my broker'],
      errorsOnly: true,
      rest: 'timeout "no route"',
    });
  });
  it('finds several services, of which any will do', () => {
    expect(readQuery('(service:api OR service:"my broker") slow')).toEqual({
      services: ['api', 'my broker'],
      errorsOnly: false,
      rest: 'slow',
    });
    expect(readQuery('service:api OR service:b').services).toEqual(['api', 'b']);
    expect(readQuery('(service:a OR service:a)').services).toEqual(['a']);
  });
  it.each([
    'service:api OR timeout',
    'service:api OR service:b status:error',
    'status:error OR service:api',
    '(service:api OR timeout)',
    '(service:api service:b)',
    '(service:api',
    'NOT service:api',
    'NOT status:error',
    'NOT (service:api OR service:b)',
    '(status:error)',
    'OR service:a',
  ])('leaves %s as it is', (query) => expect(readQuery(query)).toEqual(only(query)));
  it('takes terms from beside a group and from beside a NOT', () => {
    expect(readQuery('service:api (a OR b) NOT c status:error')).toEqual({ services: ['api'], errorsOnly: true, rest: '(a OR b) NOT c' });
  });
  it('drops the AND that a term leaves behind', () => {
    expect(readQuery('service:api AND slow').rest).toBe('slow');
    expect(readQuery('slow AND quick').rest).toBe('slow AND quick');
  });
  it('leaves a second service, which no span has, as text', () => {
    expect(readQuery('service:a service:b')).toEqual({ services: ['a'], errorsOnly: false, rest: 'service:b' });
  });
  it('leaves a term alone while it is typed', () => {
    expect(readQuery('service:ap', true)).toEqual(only('service:ap'));
    expect(readQuery('service:api ', true).services).toEqual(['api']);
    expect(readQuery('service:api OR ', true)).toEqual(only('service:api OR '));
  });
  it('lets a second word be begun', () => expect(readQuery('one ', true).rest).toBe('one '));
  it('does not take what only looks alike', () => {
    expect(readQuery('service: myservice:x "service:x" status:ok').rest).toBe('service: myservice:x "service:x" status:ok');
  });
});

describe('writeQuery', () => {
  it.each([
    ['service:api status:error slow query'],
    ['(service:api OR service:b) status:error (slow OR "very slow")'],
    ['service:"a \\"b\\" \\\\ c"'],
    ['(service:"a(b" OR service:c)'],
    ['service:api OR slow'],
    ['NOT service:api'],
    ['"only text"'],
    [''],
  ])('gives %s back', (query) => {
    expect(writeQuery(readQuery(query))).toBe(query);
  });
  it('puts alternatives beside a chip in parentheses', () => {
    expect(writeQuery({ services: ['api'], errorsOnly: true, rest: 'a OR b' })).toBe('service:api status:error (a OR b)');
    expect(writeQuery(only('a OR b'))).toBe('a OR b');
  });
  it('goes on from a chip with an operator', () => {
    expect(writeQuery({ services: ['api'], errorsOnly: false, rest: 'OR b' })).toBe('service:api OR b');
    expect(writeQuery({ services: ['api'], errorsOnly: false, rest: 'NOT b' })).toBe('service:api NOT b');
  });
});

describe('askedWhileTyping', () => {
  const asked = (services: string[], rest: string): string => writeQuery(askedWhileTyping({ services, errorsOnly: false, rest }));
  it.each<[string[], string, string]>([
    [['api'], 'service:', 'service:api'],
    [['api'], 'slow service:wor', '(service:api OR service:wor) slow'],
    [['api'], 'service:"my ser', 'service:api'],
    [['api', 'web'], 'service:api', '(service:api OR service:web)'],
    [['api'], 'service:a*', 'service:api service:a*'],
    [['api'], 'service:x ', 'service:api service:x'],
    [['api'], 'NOT service:x', 'service:api NOT service:x'],
    [['api'], 'a OR service:x', 'service:api (a OR service:x)'],
    [[], 'service:wor', 'service:wor'],
  ])('asks, beside %j, while %j is typed, for %j', (services, rest, query) => expect(asked(services, rest)).toBe(query));
});

describe('stars', () => {
  it('of a service are no chip, and those in its name are quoted', () => {
    expect(readQuery('service:api* x')).toEqual({ services: [], errorsOnly: false, rest: 'service:api* x' });
    expect(serviceTerm('a*')).toBe('service:"a*"');
    expect(readQuery('service:"a*"').services).toEqual(['a*']);
  });
});
