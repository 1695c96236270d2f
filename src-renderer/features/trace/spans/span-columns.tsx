import type { ReactNode } from 'react';
import { type BuiltInDimension, builtInDimension, type Dimension } from '#proto/analysis/dimension';
import type { Trace } from '#proto/analysis/trace';
import { formatCount } from '#proto/text/count';
import { InertText } from '#ui/components/InertText.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { spanKindName } from '#ui/model/span-kind.ts';
import { alphabetical } from '#ui/model/span-rows.ts';
import { Badge } from '#ui/widgets/Badge.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { type DimensionId, attributeDimension } from '../dimensions.ts';
import type { GridColumn } from '../Grid.tsx';
import { GroupName } from '../GroupName.tsx';
import { Share } from './Share.tsx';

/** What is said of a span. */
export interface SpanColumn extends GridColumn {
  /** A number a span, for the order of rows. */
  values: () => ArrayLike<number>;
  cell: (span: number) => ReactNode;
}

/** The columns that every table of spans has. */
export const spanColumns = (trace: Trace, selfNs: Float64Array): readonly SpanColumn[] => {
  const wholeNs = trace.bounds.endNs - trace.bounds.startNs;
  const text = (id: BuiltInDimension, label: string, width: string, leastPx: number, cell: SpanColumn['cell']): SpanColumn => ({
    id,
    label,
    width,
    leastPx,
    values: () => alphabetical(builtInDimension(trace, id)),
    cell,
  });
  const number = (id: string, label: string, px: number, values: ArrayLike<number>, cell: SpanColumn['cell']): SpanColumn => ({
    id,
    label,
    width: `${px}px`,
    leastPx: px,
    isNumber: true,
    values: () => values,
    cell,
  });
  return [
    text('name', 'Name', 'minmax(160px, 2fr)', 160, (span) => <SpanName trace={trace} span={span} />),
    text('service', 'Service', 'minmax(96px, 1fr)', 96, (span) => <ServiceBadge name={trace.service.at(span)} />),
    text('status', 'Status', '48px', 48, (span) => (trace.isError[span] === 1 ? <Badge tone="error">Error</Badge> : undefined)),
    {
      ...number('start', 'Start', 72, trace.startNs, (span) => <Duration ns={(trace.startNs[span] ?? 0) - trace.bounds.startNs} />),
      title: 'After the start of the trace',
    },
    number('duration', 'Duration', 72, trace.durationNs, (span) => <Duration ns={trace.durationNs[span] ?? 0} />),
    {
      ...number('self', 'Self', 72, selfNs, (span) => <Duration ns={selfNs[span] ?? 0} />),
      title: 'Time in which nothing that it called was running',
    },
    number('share', '% of trace', 96, trace.durationNs, (span) => <Share share={Math.max(0, trace.durationNs[span] ?? 0) / wholeNs} />),
    text('kind', 'Kind', '64px', 64, (span) => spanKindName(trace.kind[span] ?? 0)),
    number('depth', 'Depth', 42, trace.tree.depth, (span) => trace.tree.depth[span]),
    number('events', 'Events', 46, trace.eventCount, (span) => countText(trace.eventCount[span])),
    number('logs', 'Logs', 42, trace.logCount, (span) => countText(trace.logCount[span])),
  ];
};

const SpanName = ({ trace, span }: { trace: Trace; span: number }) => {
  const name = trace.name.at(span);
  return name.trim() === '' ? <em style={{ color: 'var(--text-muted)' }}>no name</em> : <InertText text={name} />;
};

/** Most spans have none, and a column of zeros says nothing. */
const countText = (count = 0): string => (count === 0 ? '' : formatCount(count));

export const attributeColumn = (key: string, dimension: Dimension): SpanColumn => {
  const id: DimensionId = attributeDimension(key);
  return {
    id,
    label: <InertText text={key} />,
    width: 'minmax(96px, 1fr)',
    leastPx: 96,
    values: () => alphabetical(dimension),
    cell: (span) => {
      const label = dimension.labels[dimension.codes[span] ?? 0];
      return label === undefined ? undefined : <GroupName id={id} label={label} />;
    },
  };
};
