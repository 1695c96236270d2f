import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { Dimension } from '#proto/analysis/dimension';
import { spanGroups } from '#proto/analysis/span-groups';
import type { Trace } from '#proto/analysis/trace';
import { sortSpans } from '#ui/model/span-rows.ts';
import { type DimensionId, dimensionName, labelText } from '../dimensions.ts';
import { Grid, type GridColumn, type GridSort } from '../Grid.tsx';
import { GroupName } from '../GroupName.tsx';
import { groupColumns, sortGroups } from './group-columns.tsx';
import styles from './Spans.module.css';
import type { SpanColumn } from './span-columns.tsx';

interface SpanListProps {
  trace: Trace;
  /** Those to be shown, in tree order. */
  spans: Int32Array;
  sort: GridSort;
  onSort: (sort: GridSort) => void;
  columns: readonly SpanColumn[];
  selected: number | undefined;
  onSelect: (span: number) => void;
}

/** Spans, one a row. */
export const FlatSpans = ({ trace, spans, sort, onSort, columns, selected, onSelect }: SpanListProps) => {
  const values = useMemo(() => columns.find(({ id }) => id === sort.column)?.values() ?? trace.startNs, [columns, sort.column, trace]);
  const rows = useMemo(() => sortSpans(spans, values, sort.isDescending), [spans, values, sort.isDescending]);
  const shownRow = useMemo(() => (selected === undefined ? undefined : rows.indexOf(selected)), [rows, selected]);
  return (
    <Grid
      label="Spans"
      columns={columns}
      sort={sort}
      onSort={onSort}
      rowCount={rows.length}
      shownRow={shownRow}
      renderRow={(index) => {
        const span = rows[index];
        if (span === undefined) return undefined;
        return { key: span, cells: columns.map(({ cell }) => cell(span)), isSelected: span === selected };
      }}
      onOpen={(index) => {
        const span = rows[index];
        if (span !== undefined) onSelect(span);
      }}
    />
  );
};

interface GroupedSpansProps extends SpanListProps {
  selfNs: Float64Array;
  id: DimensionId;
  dimension: Dimension;
  /** Labels of the groups whose spans are listed. */
  open: readonly string[];
  onOpenGroups: (labels: readonly string[]) => void;
}

/** Spans in groups; a group opens to its spans. */
export const GroupedSpans = ({
  trace,
  spans,
  sort,
  onSort,
  columns,
  selected,
  onSelect,
  selfNs,
  id,
  dimension,
  open,
  onOpenGroups,
}: GroupedSpansProps) => {
  const nameOf = (code: number): string => labelText(id, dimension.labels[code]);
  const groups = useMemo(
    () => sortGroups(spanGroups(trace, selfNs, dimension, spans), sort, ({ code }) => labelText(id, dimension.labels[code])),
    [trace, selfNs, dimension, spans, sort, id],
  );
  const rows = useMemo(() => {
    const opened = new Set(open);
    const ordered = sortSpans(spans, spanOrder(trace, selfNs, sort), sort.isDescending);
    return groups.flatMap((group): Row[] =>
      opened.has(labelText(id, dimension.labels[group.code]))
        ? [
            { group },
            ...Array.from(
              ordered.filter((span) => dimension.codes[span] === group.code),
              (span) => ({ span }),
            ),
          ]
        : [{ group }],
    );
  }, [groups, open, spans, trace, selfNs, sort, id, dimension]);

  const heads: GridColumn[] = [{ id: 'label', label: dimensionName(id), width: 'minmax(160px, 1fr)', leastPx: 160 }, ...groupColumns];
  const expand = (index: number, isExpanded: boolean): void => {
    const row = rows[index];
    if (row?.group === undefined) return;
    const name = nameOf(row.group.code);
    onOpenGroups(isExpanded ? [...new Set([...open, name])] : open.filter((other) => other !== name));
  };
  const nameColumn = columns.find(({ id: column }) => column === 'name');
  return (
    <Grid
      label="Spans in groups"
      columns={heads}
      sort={sort}
      onSort={onSort}
      rowCount={rows.length}
      onExpand={expand}
      renderRow={(index) => {
        const row = rows[index];
        if (row?.group !== undefined) {
          const { group } = row;
          return {
            key: `group ${group.code}`,
            level: 1,
            isExpanded: open.includes(nameOf(group.code)),
            cells: [
              <GroupHead key="label" id={id} label={dimension.labels[group.code]} isOpen={open.includes(nameOf(group.code))} />,
              ...groupColumns.map(({ cell }) => cell(group)),
            ],
          };
        }
        if (row?.span === undefined) return undefined;
        const { span } = row;
        const cellOf = (column: string) => columns.find((one) => one.id === column)?.cell(span);
        return {
          key: span,
          level: 2,
          isSelected: span === selected,
          cells: [nameColumn?.cell(span), undefined, cellOf('status'), cellOf('duration'), cellOf('self')],
        };
      }}
      onOpen={(index) => {
        const row = rows[index];
        if (row?.span !== undefined) onSelect(row.span);
        else if (row?.group !== undefined) expand(index, !open.includes(nameOf(row.group.code)));
      }}
    />
  );
};

const GroupHead = ({ id, label, isOpen }: { id: DimensionId; label: string | undefined; isOpen: boolean }) => (
  <span className={styles['group']}>
    {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
    <GroupName id={id} label={label} />
  </span>
);

type Row = { group: ReturnType<typeof spanGroups>[number]; span?: undefined } | { group?: undefined; span: number };

/** The spans of a group in the order of the groups, as far as that means something for a single one. */
const spanOrder = (trace: Trace, selfNs: Float64Array, { column }: GridSort): Float64Array => {
  if (column === 'self' || column === 'share') return selfNs;
  return column === 'label' || column === 'count' ? trace.startNs : trace.durationNs;
};
