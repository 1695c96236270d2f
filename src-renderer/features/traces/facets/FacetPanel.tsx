import { Ban, X } from 'lucide-react';
import { useState } from 'react';
import type { Facet, TraceOverview } from '#proto/bridge/trace-overview';
import { formatCount, formatShortCount, plural } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import { type FilterState, filterTerm, readFilters, type StatedFilter, withFilter } from '#ui/model/query-filters.ts';
import { serviceColour } from '#ui/model/service-colour.ts';
import { facetRows, type FacetRow } from './facet-rows.ts';
import styles from './FacetPanel.module.css';

interface FacetPanelProps {
  facets: TraceOverview['facets'] | undefined;
  /** They are those of the search before. */
  isStale: boolean;
  query: string;
  onQuery: (query: string) => void;
}

const fieldNames: Record<string, string> = { service: 'Service', name: 'Operation', status: 'Status', kind: 'Kind' };

/** What the spans that were found can be told apart by. A click asks for a value, the button beside it excludes it (as does Alt and a click), and another click takes either back. */
export const FacetPanel = ({ facets, isStale, query, onQuery }: FacetPanelProps) => {
  const filters = readFilters(query);
  return (
    <aside className={styles['panel']} aria-label="Filters" data-stale={isStale || undefined}>
      {facets === undefined ? undefined : <p className={styles['note']}>{noteOf(facets)}</p>}
      {facetRows(facets?.items ?? [], filters).map(({ facet, rows }) => (
        <FacetSection key={`${facet.kind} ${facet.key}`} facet={facet} rows={rows} query={query} onQuery={onQuery} />
      ))}
    </aside>
  );
};

/** How much was looked at. */
const noteOf = ({ spanCount, traceCount, isComplete }: TraceOverview['facets']): string => {
  if (spanCount === 0) return 'No span to tell apart.';
  return isComplete
    ? plural(spanCount, 'span')
    : `${plural(spanCount, 'span')} of the newest ${traceCount === 1 ? 'trace' : `${formatCount(traceCount)} traces`} found`;
};

const shownRows = 5;

interface FacetSectionProps {
  facet: Facet;
  rows: readonly FacetRow[];
  query: string;
  onQuery: (query: string) => void;
}

const FacetSection = ({ facet, rows, query, onQuery }: FacetSectionProps) => {
  const [isLong, setIsLong] = useState(false);
  const set = (filter: StatedFilter | FacetRow['filter'], state: FilterState | undefined): void =>
    onQuery(withFilter(query, filter, state));
  const shown = isLong ? rows : rows.slice(0, shownRows);
  const name = facet.kind === 'field' ? (fieldNames[facet.key] ?? facet.key) : inertText(facet.key);
  return (
    <section className={styles['facet']} aria-label={name}>
      <h2 className={styles['name']} data-attribute={facet.kind === 'attribute' || undefined} title={name}>
        {name}
      </h2>
      <ul>
        {shown.map((row) => (
          <FacetValue key={row.filter.value} row={row} total={facet.spanCount} facetName={name} onSet={(state) => set(row.filter, state)} />
        ))}
      </ul>
      {rows.length > shownRows ? (
        <button type="button" className={styles['more']} onClick={() => setIsLong(!isLong)}>
          {isLong ? 'Fewer' : `${rows.length - shownRows} more`}
          {isLong && facet.valueCount > rows.length ? `; ${formatCount(facet.valueCount)} in all` : ''}
        </button>
      ) : undefined}
    </section>
  );
};

interface FacetValueProps {
  row: FacetRow;
  total: number;
  facetName: string;
  onSet: (state: FilterState | undefined) => void;
}

const FacetValue = ({ row: { filter, state, spanCount }, total, facetName, onSet }: FacetValueProps) => {
  const text = filter.value === '' ? 'empty' : inertText(filter.value);
  const isAskable = filterTerm(filter) !== undefined;
  return (
    <li className={styles['value']} data-state={state}>
      {spanCount === undefined ? undefined : (
        <span className={styles['share']} style={{ width: `${(100 * spanCount) / Math.max(1, total)}%` }} aria-hidden />
      )}
      <button
        type="button"
        className={styles['choose']}
        disabled={!isAskable}
        aria-pressed={state !== undefined}
        title={text}
        onClick={(event) => onSet(state === undefined ? (event.altKey ? 'excluded' : 'included') : undefined)}
      >
        {filter.kind === 'field' && filter.key === 'service' ? (
          <span className={styles['dot']} style={{ background: serviceColour(filter.value).fill }} aria-hidden />
        ) : undefined}
        {filter.kind === 'field' && filter.key === 'status' ? (
          <span className={styles['mark']} data-status={filter.value} aria-hidden />
        ) : undefined}
        <span className={styles['text']}>
          <span className="visually-hidden">{`${state === 'excluded' ? 'Not ' : ''}${facetName}: `}</span>
          {filter.value === '' ? <em>empty</em> : text}
        </span>
        {spanCount === undefined ? undefined : (
          <span className={styles['spans']}>
            {formatShortCount(spanCount)}
            <span className="visually-hidden">{spanCount === 1 ? ' span' : ' spans'}</span>
          </span>
        )}
      </button>
      {state === undefined ? (
        <button
          type="button"
          className={styles['not']}
          disabled={!isAskable}
          aria-label={`Exclude ${facetName}: ${text}`}
          title="Exclude"
          onClick={() => onSet('excluded')}
        >
          <Ban size={12} aria-hidden />
        </button>
      ) : (
        <button
          type="button"
          className={styles['not']}
          data-on
          aria-label={`Remove filter ${facetName}: ${text}`}
          title="Remove"
          onClick={() => onSet(undefined)}
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </li>
  );
};
