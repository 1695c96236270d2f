import { Timer } from 'lucide-react';
import { useMemo } from 'react';
import { plural } from '#proto/text/count';
import { spanGroups } from '#proto/analysis/span-groups';
import { allSpans } from '#ui/model/span-rows.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { DimensionSelect } from '../DimensionSelect.tsx';
import { dimensionName, labelText, readDimension } from '../dimensions.ts';
import { Grid, type GridColumn } from '../Grid.tsx';
import { readSort, writeSort } from '../grid-sort.ts';
import { GroupName } from '../GroupName.tsx';
import { groupColumns, sortGroups } from '../spans/group-columns.tsx';
import type { TabProps } from '../trace-tab.ts';
import { useAttributeKeys, useDimensions } from '../use-dimensions.ts';
import { useSelfTimes } from '../use-self-times.ts';
import { View } from '../View.tsx';
import { SlowestLink } from './SlowestLink.tsx';

const named = ['service', 'operation', 'kind', 'status', 'call'] as const;

/** Where the time of a trace goes and what failed, by service, operation or any attribute. A row leads to its spans. */
export const Statistics = ({ trace, search, onSearch, onSelect, onClose }: TabProps) => {
  const id = readDimension(search.of) ?? 'service';
  const keys = useAttributeKeys(trace, true);
  const selfNs = useSelfTimes(trace);
  const { data, error } = useDimensions(trace, [id]);
  const dimension = data?.[0];
  const columns: GridColumn[] = [
    { id: 'label', label: dimensionName(id), width: 'minmax(112px, 1fr)', leastPx: 112 },
    ...groupColumns,
    { id: 'slowest', label: <Timer size={12} aria-label="Slowest" />, width: '28px', leastPx: 28, title: 'The slowest span' },
  ];
  const sort = readSort(
    search.sort,
    columns.map((column) => column.id),
    { column: 'self', isDescending: true },
  );
  const groups = useMemo(() => {
    if (dimension === undefined) return [];
    const found = spanGroups(trace, selfNs, dimension, allSpans(trace.tree.size));
    return sortGroups(found, sort.column === 'slowest' ? { ...sort, column: 'max' } : sort, ({ code }) =>
      labelText(id, dimension.labels[code]),
    );
    // `sort` is a new object on every render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [trace, selfNs, dimension, id, sort.column, sort.isDescending]);

  if (error !== undefined) return <ErrorState title="The attributes of the trace could not be read" detail={error.message} />;
  return (
    <View
      label="Statistics"
      note={dimension === undefined ? '' : plural(groups.length, 'group')}
      onClose={onClose}
      tools={
        <DimensionSelect label="By" selected={id} named={named} keys={keys} onSelect={(of) => onSearch({ of, sort: undefined }, true)} />
      }
    >
      {dimension === undefined ? (
        <SkeletonRows rows={8} label="Loading the attributes of the trace" />
      ) : (
        <Grid
          label="Statistics"
          columns={columns}
          sort={sort}
          onSort={(next) => onSearch({ sort: writeSort(next) }, true)}
          rowCount={groups.length}
          renderRow={(index) => {
            const group = groups[index];
            if (group === undefined) return undefined;
            const label = dimension.labels[group.code];
            return {
              key: group.code,
              cells: [
                <GroupName key="label" id={id} label={label} />,
                ...groupColumns.map(({ cell }) => cell(group)),
                <SlowestLink key="slowest" what={labelText(id, label)} onOpen={() => onSelect(group.slowest, false)} />,
              ],
            };
          }}
          onOpen={(index) => {
            const label = dimension.labels[groups[index]?.code ?? -1];
            onSearch({ tab: 'spans', by: id, is: label, sort: '-duration', group: undefined, filter: undefined }, false);
          }}
        />
      )}
    </View>
  );
};
