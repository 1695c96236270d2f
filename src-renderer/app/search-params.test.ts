import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params.ts';

describe('search parameters', () => {
  it.each([
    [{ q: 'service:api status:error' }],
    [{ q: 'key="a b" 100% #1 &c=d é ␣' }],
    [{ q: '123' }],
    [{ q: 'true' }],
    [{ a: '1', b: '+' }],
  ])('come back as they were: %j', (search) => expect(parseSearch(stringifySearch(search))).toEqual(search));
  it('are readable', () => expect(stringifySearch({ q: 'service:api http.route=/orders' })).toBe('?q=service:api+http.route%3D/orders'));
  it('leave out what says nothing', () => expect(stringifySearch({ q: '', span: undefined, wrap: false, depth: 2 })).toBe('?depth=2'));
  it('are only data, whatever they are called', () => {
    const search = parseSearch('?__proto__=x&constructor=y');
    expect(Object.getPrototypeOf(search)).toBe(Object.prototype);
    expect(Object.keys(search)).toEqual(['__proto__', 'constructor']);
  });
});
