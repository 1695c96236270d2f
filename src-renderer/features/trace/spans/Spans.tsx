import { useMemo, useRef } from 'react';
import type { Dimension } from '#proto/analysis/dimension';
import { formatCount, plural } from '#proto/text/count';
import { builtInDimension } from '#proto/analysis/dimension';
import { FilterChip } from '#ui/components/FilterChip.tsx';
import { inertText } from '#proto/text/inert-text';
import { allSpans, spansWithLabel, spansWithWords } from '#ui/model/span-rows.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { EmptyState } from '#ui/widgets/EmptyState.tsx';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SearchBox } from '#ui/widgets/SearchBox.tsx';
import { Select } from '#ui/widgets/Select.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { DimensionSelect } from '../DimensionSelect.tsx';
import { attributeDimension, type DimensionId, dimensionName, labelText, readDimension } from '../dimensions.ts';
import { readSort, writeSort } from '../grid-sort.ts';
import { readList, writeList } from '../trace-search.ts';
import type { TabProps } from '../trace-tab.ts';
import { useAttributeKeys, useDimensions } from '../use-dimensions.ts';
import { useSelfTimes } from '../use-self-times.ts';
import { View } from '../View.tsx';
import { groupColumns } from './group-columns.tsx';
import { attributeColumn, type SpanColumn, spanColumns } from './span-columns.tsx';
import { FlatSpans, GroupedSpans } from './SpanList.tsx';
import styles from './Spans.module.css';

const named = ['service', 'operation', 'name', 'kind', 'status', 'call'] as const;
const searched = ['service', 'name', 'kind', 'status'] as const;
/** More attributes than this would be a table that nobody reads. */
const mostColumns = 8;

/** The spans of a trace as a table: in any order, in groups, with any attribute as a column, filtered. */
export const Spans = ({ trace, search, onSearch, selected, onSelect, onClose }: TabProps) => {
  const by = readDimension(search.by);
  const group = readDimension(search.group);
  const columnKeys = readColumns(search.columns);
  const ids: DimensionId[] = [
    ...columnKeys.map(attributeDimension),
    ...(by === undefined ? [] : [by]),
    ...(group === undefined ? [] : [group]),
  ];
  const { data, error } = useDimensions(trace, ids);
  const dimensionOf = (id: DimensionId | undefined): Dimension | undefined => (id === undefined ? undefined : data?.[ids.indexOf(id)]);
  const keys = useAttributeKeys(trace, true);

  const selfNs = useSelfTimes(trace);
  const plainColumns = useMemo(() => spanColumns(trace, selfNs), [trace, selfNs]);
  const { columns, attributes } = useColumns(plainColumns, columnKeys, data);
  const spans = useShownSpans({ trace, search, byDimension: dimensionOf(by), attributes });

  const box = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: '/', label: 'Filter the spans', group: 'Spans', run: () => box.current?.focus() }]);
  const groupDimension = dimensionOf(group);
  const sort =
    group === undefined
      ? readSort(
          search.sort,
          columns.map(({ id }) => id),
          { column: 'start', isDescending: false },
        )
      : readSort(search.sort, ['label', ...groupColumns.map(({ id }) => id)], { column: 'total', isDescending: true });
  const list = {
    trace,
    spans,
    sort,
    columns,
    selected,
    onSort: (next: typeof sort) => onSearch({ sort: writeSort(next) }, true),
    onSelect: (span: number) => onSelect(span, false),
  };

  return (
    <View
      label="Spans"
      note={
        spans.length === trace.tree.size
          ? plural(spans.length, 'span')
          : `${formatCount(spans.length)} of ${plural(trace.tree.size, 'span')}`
      }
      onClose={onClose}
      tools={
        <>
          <div className={styles['filter']}>
            <SearchBox
              ref={box}
              label="Filter the spans"
              placeholder="Filter by name, service, kind, status, span id"
              value={search.filter ?? ''}
              onChange={(filter) => onSearch({ filter }, true)}
              onLeave={() => document.querySelector<HTMLElement>('[role="grid"], [role="treegrid"]')?.focus()}
            >
              {by === undefined ? undefined : (
                <FilterChip what={dimensionName(by)} onRemove={() => onSearch({ by: undefined, is: undefined }, false)}>
                  {inertText(`${dimensionName(by)}: ${labelText(by, search.is)}`).slice(0, 80)}
                </FilterChip>
              )}
            </SearchBox>
          </div>
          <DimensionSelect
            label="Group by"
            nothing="nothing"
            selected={group}
            named={named}
            keys={keys}
            onSelect={(id) => onSearch({ group: id, open: undefined, sort: undefined }, true)}
          />
          {group === undefined ? (
            <ColumnSelect keys={keys} chosen={columnKeys} onChoose={(next) => onSearch({ columns: writeList(next) }, true)} />
          ) : undefined}
        </>
      }
    >
      {error !== undefined ? (
        <ErrorState title="The attributes of the trace could not be read" detail={error.message} />
      ) : data === undefined ? (
        <SkeletonRows rows={16} label="Loading the attributes of the trace" />
      ) : spans.length === 0 ? (
        <EmptyState title="No span of this trace matches">
          Every word has to be in the name, service, kind, status or a shown attribute, or begin the id.
        </EmptyState>
      ) : group === undefined || groupDimension === undefined ? (
        <FlatSpans {...list} />
      ) : (
        <GroupedSpans
          {...list}
          selfNs={selfNs}
          id={group}
          dimension={groupDimension}
          open={readList(search.open)}
          onOpenGroups={(labels) => onSearch({ open: writeList(labels.slice(-mostOpen)) }, true)}
        />
      )}
    </View>
  );
};

/** The columns of every table and those of attributes, with what is known of the latter. `dimensions` begin with those of `keys`. */
const useColumns = (plain: readonly SpanColumn[], keys: readonly string[], dimensions: readonly Dimension[] | undefined) => {
  const names = writeList(keys);
  return useMemo(() => {
    const chosen = readList(names);
    const attributes = dimensions?.slice(0, chosen.length) ?? [];
    return { attributes, columns: [...plain, ...attributes.map((dimension, index) => attributeColumn(chosen[index] ?? '', dimension))] };
  }, [plain, names, dimensions]);
};

const readColumns = (list: string | undefined): readonly string[] => readList(list).slice(0, mostColumns);

/** Groups that an address remembers as open. */
const mostOpen = 20;

interface ShownSpans extends Pick<TabProps, 'trace' | 'search'> {
  byDimension: Dimension | undefined;
  attributes: readonly Dimension[];
}

/** Those that the filters of the address leave, in tree order. */
const useShownSpans = ({ trace, search, byDimension, attributes }: ShownSpans): Int32Array => {
  const dimensions = useMemo(() => searched.map((id) => builtInDimension(trace, id)), [trace]);
  const ofGroup = useMemo(() => {
    const all = allSpans(trace.tree.size);
    return byDimension === undefined ? all : spansWithLabel(all, byDimension, search.is);
  }, [trace, byDimension, search.is]);
  return useMemo(
    () => spansWithWords(ofGroup, search.filter ?? '', [...dimensions, ...attributes], (span) => trace.spanId.at(span)),
    [ofGroup, search.filter, dimensions, attributes, trace],
  );
};

interface ColumnSelectProps {
  keys: readonly string[];
  chosen: readonly string[];
  onChoose: (keys: readonly string[]) => void;
}

/** Attributes that are columns; choosing one that is takes it away. */
const ColumnSelect = ({ keys, chosen, onChoose }: ColumnSelectProps) => (
  <Select
    label="Columns"
    value=""
    onChange={(key) => onChoose(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key].slice(-mostColumns))}
  >
    <option value="">{chosen.length === 0 ? 'add attribute' : plural(chosen.length, 'attribute')}</option>
    {chosen.length === 0 ? undefined : (
      <optgroup label="Remove">
        {chosen.map((key) => (
          <option key={key} value={key}>
            {inertText(key).slice(0, 120)}
          </option>
        ))}
      </optgroup>
    )}
    <optgroup label="Add">
      {keys
        .filter((key) => key !== '' && !chosen.includes(key))
        .map((key) => (
          <option key={key} value={key}>
            {inertText(key).slice(0, 120)}
          </option>
        ))}
    </optgroup>
  </Select>
);
