import type { ReactNode } from 'react';
import type { SpanGroup } from '#proto/analysis/span-groups';
import { formatCount } from '#proto/text/count';
import { Duration } from '#ui/widgets/Duration.tsx';
import type { GridColumn, GridSort } from '../Grid.tsx';
import { Share } from './Share.tsx';

/** What is said of a group of spans: the columns behind its name. */
interface GroupColumn extends GridColumn {
  value: (group: SpanGroup) => number;
  cell: (group: SpanGroup) => ReactNode;
}

const duration = (id: 'totalNs' | 'selfNs' | 'averageNs' | 'p50Ns' | 'p95Ns' | 'maxNs', label: string, title: string): GroupColumn => ({
  id: id.slice(0, -2),
  label,
  title,
  width: '68px',
  leastPx: 68,
  isNumber: true,
  value: (group) => group[id],
  cell: (group) => <Duration ns={group[id]} />,
});

export const groupColumns: readonly GroupColumn[] = [
  {
    id: 'count',
    label: 'Spans',
    width: '52px',
    leastPx: 52,
    isNumber: true,
    value: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
  {
    id: 'errors',
    label: 'Errors',
    width: '44px',
    leastPx: 44,
    isNumber: true,
    value: ({ errors }) => errors,
    cell: ({ errors }) => (errors === 0 ? <Nothing /> : <span style={{ color: 'var(--error)' }}>{formatCount(errors)}</span>),
  },
  duration('totalNs', 'Total', 'Durations together. Of spans inside another one of the same group only the outer one counts.'),
  duration('selfNs', 'Self', 'Time in which nothing that these spans called was running'),
  duration('averageNs', 'Average', 'Mean duration'),
  duration('p50Ns', 'p50', 'Half of the spans took no longer'),
  duration('p95Ns', 'p95', '95 of 100 spans took no longer'),
  duration('maxNs', 'Max', 'The longest span'),
  {
    id: 'share',
    label: 'Share',
    title: 'Share of the self time of all spans: all groups make up 100%',
    width: '84px',
    leastPx: 84,
    isNumber: true,
    value: ({ share }) => share,
    cell: ({ share }) => <Share share={share} />,
  },
];

/** Where there is nothing to look at. */
const Nothing = () => <span style={{ color: 'var(--text-faint)' }}>0</span>;

/** Groups in order of a column; by name where the column is none of theirs. */
export const sortGroups = (
  groups: readonly SpanGroup[],
  { column, isDescending }: GridSort,
  nameOf: (group: SpanGroup) => string,
): SpanGroup[] => {
  const sign = isDescending ? -1 : 1;
  const value = groupColumns.find(({ id }) => id === column)?.value;
  const byName = (a: SpanGroup, b: SpanGroup): number => collator.compare(nameOf(a), nameOf(b));
  return groups.toSorted((a, b) => sign * (value === undefined ? byName(a, b) : value(a) - value(b)) || byName(a, b));
};

const collator = new Intl.Collator('en', { numeric: true });
