import { describe, expect, it } from 'vitest';
import { queryPieces, readQuery, writeQuery } from './query-text.ts';

describe('queryPieces', () => {
  it('splits at white space outside of quotes and keeps positions', () => {
    expect(queryPieces('a  "b c"  key="d e"')).toEqual([
      { text: 'a', start: 0, end: 1 },
      { text: '"b c"', start: 3, end: 8 },
      { text: 'key="d e"', start: 10, end: 19 },
    ]);
  });
  it('takes an open quote to the end', () => expect(queryPieces('x "open quote').map(({ text }) => text)).toEqual(['x', '"open quote']));
});

describe('readQuery', () => {
  it('finds services and the errors switch between words', () => {
    expect(readQuery('timeout service:api status:error "no route" service:"my broker"')).toEqual({
      services: ['api', 'my broker'],
      errorsOnly: true,
      rest: 'timeout "no route"',
    });
  });
  it('leaves a term alone while it is typed', () => {
    expect(readQuery('service:ap', true)).toEqual({ services: [], errorsOnly: false, rest: 'service:ap' });
    expect(readQuery('service:api ', true).services).toEqual(['api']);
  });
  it('lets a second word be begun', () => expect(readQuery('one ', true).rest).toBe('one '));
  it('does not take what only looks alike', () => {
    expect(readQuery('service: myservice:x "service:x" status:ok').rest).toBe('service: myservice:x "service:x" status:ok');
  });
  it('counts a service once', () => expect(readQuery('service:a service:a').services).toEqual(['a']));
});

describe('writeQuery', () => {
  it.each([['service:api status:error slow query'], ['service:"a \\"b\\" \\\\ c"'], ['"only text"'], ['']])('gives %s back', (query) => {
    expect(writeQuery(readQuery(query))).toBe(query);
  });
});
