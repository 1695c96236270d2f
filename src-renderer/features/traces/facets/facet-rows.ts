import type { Facet } from '#proto/bridge/trace-overview';
import { type FilterState, isSameFilter, type QueryFilter, type StatedFilter } from '#ui/model/query-filters.ts';

export interface FacetRow {
  filter: QueryFilter;
  /** In the query. */
  state: FilterState | undefined;
  /** Undefined for a value that only the query has: what is excluded is not found. */
  spanCount: number | undefined;
}

/** The facets with what the query asks for of each in front, and behind them those that only the query has. */
export const facetRows = (facets: readonly Facet[], filters: readonly StatedFilter[]): { facet: Facet; rows: FacetRow[] }[] => {
  const others = filters.filter((filter) => !facets.some((facet) => isOf(facet, filter)));
  const added = [
    ...new Map(others.map(({ kind, key }) => [`${kind} ${key}`, { kind, key, spanCount: 0, valueCount: 0, values: [] }])).values(),
  ];
  return [...facets, ...added]
    .map((facet) => ({
      facet,
      rows: rowsOf(
        facet,
        filters.filter((filter) => isOf(facet, filter)),
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
};

const isOf = (facet: Facet, { kind, key }: QueryFilter): boolean => facet.kind === kind && facet.key === key;

const rowsOf = ({ kind, key, values }: Facet, filters: readonly StatedFilter[]): FacetRow[] => {
  const stated = filters.map(({ state, ...filter }) => ({
    filter,
    state,
    spanCount: values.find(({ value }) => value === filter.value)?.spanCount,
  }));
  const others = values
    .map(({ value, spanCount }) => ({ filter: { kind, key, value }, state: undefined, spanCount }))
    .filter(({ filter }) => !stated.some((one) => isSameFilter(one.filter, filter)));
  return [...stated, ...others];
};
