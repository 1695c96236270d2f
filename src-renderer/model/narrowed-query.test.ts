import { expect, it } from 'vitest';
import { narrowedQuery } from './narrowed-query.ts';

it.each([
  ['', 'a=1', 'a=1'],
  ['  ', 'a=1', 'a=1'],
  ['status:error', 'a=1', 'status:error a=1'],
  ['x OR y', 'a=1', '(x OR y) a=1'],
  ['"x OR y"', 'a=1', '"x OR y" a=1'],
  ['b a=1', 'a=1', 'b a=1'],
  ['NOT a=1', 'a=1', 'NOT a=1 a=1'],
  ['b OR a=1', 'a=1', '(b OR a=1) a=1'],
])('%j and %j are %j', (query, term, both) => {
  expect(narrowedQuery(query, term)).toBe(both);
});
