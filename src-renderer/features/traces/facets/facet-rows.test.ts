import { expect, it } from 'vitest';
import type { Facet } from '#proto/bridge/trace-overview';
import { readFilters } from '#ui/model/query-filters.ts';
import { facetRows } from './facet-rows.ts';

const facet: Facet = {
  kind: 'field',
  key: 'service',
  spanCount: 5,
  valueCount: 2,
  values: [
    { value: 'api', spanCount: 3 },
    { value: 'worker', spanCount: 2 },
  ],
};

it('what the query asks for stands in front, also where nothing was found of it', () => {
  const rows = facetRows([facet], readFilters('NOT service:web service:worker NOT http.route=/x a.b=1'));
  expect(
    rows.map(({ facet: { key }, rows: values }) => [
      key,
      ...values.map(({ filter, state, spanCount }) => `${filter.value} ${state} ${spanCount}`),
    ]),
  ).toEqual([
    ['service', 'worker included 2', 'web excluded undefined', 'api undefined 3'],
    ['http.route', '/x excluded undefined'],
    ['a.b', '1 included undefined'],
  ]);
  expect(facetRows([{ ...facet, values: [] }], [])).toEqual([]);
});
