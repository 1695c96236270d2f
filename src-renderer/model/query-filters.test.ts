import { describe, expect, it } from 'vitest';
import { filterTerm, readFilters, withFilter, type QueryFilter } from './query-filters.ts';

const field = (key: string, value: string): QueryFilter => ({ kind: 'field', key, value });
const attribute = (key: string, value: string): QueryFilter => ({ kind: 'attribute', key, value });

const filters = [
  field('service', 'api'),
  field('service', 'my "own" service'),
  field('service', ''),
  field('name', 'GET /cart'),
  field('status', 'error'),
  field('kind', 'client'),
  attribute('http.route', '/orders/{id}'),
  attribute('status', '500'),
  attribute('my key', 'a\\b "c"'),
  attribute('empty', ''),
];

describe('filters of a query', () => {
  it.each(filters)('$key=$value is put in, read back and taken out', (filter) => {
    const term = filterTerm(filter) ?? '';
    for (const state of ['included', 'excluded'] as const) {
      for (const query of ['', 'timeout', 'duration>2s "a b" NOT (x OR y)']) {
        const added = withFilter(query, filter, state);
        expect(added).toContain(state === 'excluded' ? `NOT ${term}` : term);
        expect(readFilters(added)).toContainEqual({ ...filter, state });
        expect(withFilter(added, filter, undefined)).toBe(query);
      }
    }
  });

  it('changes one that is there instead of asking for both', () => {
    const route = attribute('http.route', '/cart');
    expect(withFilter('http.route=/cart timeout', route, 'excluded')).toBe('timeout NOT http.route=/cart');
    expect(withFilter('timeout AND NOT "http.route"="/cart"', route, 'included')).toBe('timeout http.route=/cart');
    expect(withFilter('service:api x', field('service', 'api'), 'excluded')).toBe('x NOT service:api');
  });

  it('adds a service to those of which any will do', () => {
    expect(withFilter('service:api x', field('service', 'worker'), 'included')).toBe('(service:api OR service:worker) x');
    expect(withFilter('service:api OR service:b', field('service', 'c'), 'included')).toBe('(service:api OR service:b OR service:c)');
    expect(readFilters('(service:api OR service:worker) x').map(({ value }) => value)).toEqual(['api', 'worker']);
    expect(withFilter('(service:api OR service:worker) x', field('service', 'api'), undefined)).toBe('service:worker x');
  });

  it('narrows what OR joins as a whole, and does not look into it', () => {
    expect(withFilter('a OR name:b', field('kind', 'client'), 'included')).toBe('(a OR name:b) kind:client');
    expect(readFilters('a OR kind:client')).toEqual([]);
    expect(withFilter('a OR kind:client', field('kind', 'client'), undefined)).toBe('a OR kind:client');
  });

  it('leaves terms alone that ask for something else', () => {
    expect(readFilters('a=* b!=c d>5 knd:server http://x:80 "a b"')).toEqual([]);
    expect(withFilter('cart NOT', field('status', 'error'), 'included')).toBe('cart status:error');
  });
});
