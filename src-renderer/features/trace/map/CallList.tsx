import { useMemo, type ReactNode } from 'react';
import type { MapEdge, MapNode, TraceMap } from '#proto/analysis/trace-map';
import { formatCount } from '#proto/text/count';
import { InertText } from '#ui/components/InertText.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { Grid, type GridColumn } from '../Grid.tsx';
import { readSort, writeSort } from '../grid-sort.ts';
import type { TabProps } from '../trace-tab.ts';
import { NodeIcon } from './NodeIcon.tsx';
import { edgeKindName, nodeName } from './map-words.ts';

interface CallColumn extends GridColumn {
  value: (edge: MapEdge, map: TraceMap) => number | string;
  cell: (edge: MapEdge, map: TraceMap) => ReactNode;
}

const number = (id: string, label: string, px: number, value: (edge: MapEdge) => number, cell: CallColumn['cell']): CallColumn => ({
  id,
  label,
  width: `${px}px`,
  leastPx: px,
  isNumber: true,
  value,
  cell,
});

const node = (id: 'from' | 'to', label: string): CallColumn => ({
  id,
  label,
  width: 'minmax(120px, 1fr)',
  leastPx: 120,
  value: (edge, { nodes }) => nodeName(nodes[edge[id]]),
  cell: (edge, { nodes }) => <NodeName node={nodes[edge[id]]} />,
});

const columns: readonly CallColumn[] = [
  node('from', 'Caller'),
  node('to', 'Called'),
  { id: 'kind', label: 'Kind', width: '72px', leastPx: 72, value: ({ kind }) => kind, cell: ({ kind }) => edgeKindName(kind) },
  number(
    'count',
    'Calls',
    56,
    ({ count }) => count,
    ({ count }) => formatCount(count),
  ),
  number(
    'errors',
    'Errors',
    52,
    ({ errorCount }) => errorCount,
    ({ errorCount }) => (errorCount === 0 ? '' : <span style={{ color: 'var(--error)' }}>{formatCount(errorCount)}</span>),
  ),
  {
    ...number(
      'total',
      'Total',
      76,
      ({ totalNs }) => totalNs,
      ({ totalNs }) => <Duration ns={totalNs} />,
    ),
    title: 'How long callers waited',
  },
  number(
    'average',
    'Average',
    76,
    ({ totalNs, count }) => totalNs / count,
    ({ totalNs, count }) => <Duration ns={totalNs / count} />,
  ),
];

interface CallListProps extends Pick<TabProps, 'search' | 'onSearch'> {
  map: TraceMap;
  onEdge: (index: number) => void;
}

/** The lines of the map as a table. */
export const CallList = ({ map, search, onSearch, onEdge }: CallListProps) => {
  const { column, isDescending } = readSort(
    search.sort,
    columns.map(({ id }) => id),
    { column: 'total', isDescending: true },
  );
  const rows = useMemo(() => {
    const value = columns.find(({ id }) => id === column)?.value ?? (({ count }) => count);
    const sign = isDescending ? -1 : 1;
    const compare = (a: number | string, b: number | string): number =>
      typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return map.edges
      .map((edge, index) => ({ edge, index }))
      .toSorted((a, b) => sign * compare(value(a.edge, map), value(b.edge, map)) || a.index - b.index);
  }, [map, column, isDescending]);
  return (
    <Grid
      label="Calls between services"
      columns={columns}
      sort={{ column, isDescending }}
      onSort={(next) => onSearch({ sort: writeSort(next) }, true)}
      rowCount={rows.length}
      renderRow={(at) => {
        const row = rows[at];
        return row && { key: row.index, cells: columns.map(({ cell }) => cell(row.edge, map)) };
      }}
      onOpen={(at) => {
        const row = rows[at];
        if (row !== undefined) onEdge(row.index);
      }}
    />
  );
};

const NodeName = ({ node: of }: { node: MapNode | undefined }) =>
  of === undefined || of.kind === 'service' ? (
    <ServiceBadge name={of?.name ?? ''} />
  ) : (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
      <NodeIcon kind={of.kind} />
      <InertText text={of.name} />
    </span>
  );
