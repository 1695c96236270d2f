import { ChartColumn, ChartScatter, EyeOff, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import { formatCount, plural } from '#proto/text/count';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import type { ChartKind } from './chart-kind.ts';
import styles from './Overview.module.css';

interface OverviewHeadProps {
  overview: TraceOverview | undefined;
  kind: ChartKind;
  onKind: (kind: ChartKind) => void;
  isFiltersOpen: boolean;
  onToggleFilters: () => void;
  /** Further controls. */
  children: ReactNode;
}

/** How much was found, and what is shown of it. */
export const OverviewHead = ({ overview, kind, onKind, isFiltersOpen, onToggleFilters, children }: OverviewHeadProps) => (
  <div className={styles['head']}>
    <IconButton
      label={isFiltersOpen ? 'Hide filters' : 'Show filters'}
      shortcut="f"
      aria-expanded={isFiltersOpen}
      onClick={onToggleFilters}
    >
      <ListFilter />
    </IconButton>
    <p className={styles['summary']} data-testid="overview-summary">
      {overview === undefined ? '' : summaryOf(overview, kind)}
    </p>
    {children}
    <SegmentedControl
      label="Chart over the list"
      selected={kind}
      onSelect={onKind}
      segments={[
        { id: 'histogram', label: <Choice icon={<ChartColumn aria-hidden />} name="Histogram" /> },
        { id: 'scatter', label: <Choice icon={<ChartScatter aria-hidden />} name="Scatter" /> },
        { id: 'none', label: <Choice icon={<EyeOff aria-hidden />} name="No chart" /> },
      ]}
    />
  </div>
);

const Choice = ({ icon, name }: { icon: ReactNode; name: string }) => (
  <span className={styles['choice']} title={name}>
    {icon}
    <span className="visually-hidden">{name}</span>
  </span>
);

/** Of a large store not all is looked at, which is said. */
const summaryOf = ({ traceCount, isComplete, histogram, pointStep }: TraceOverview, kind: ChartKind): string => {
  const failed = histogram.errorCounts.reduce((sum, count) => sum + count, 0);
  const found = isComplete ? plural(traceCount, 'trace') : `The newest ${formatCount(traceCount)} of the traces found`;
  const errors = failed === 0 ? '' : `, ${formatCount(failed)} failed`;
  const dots = kind === 'scatter' && pointStep > 1 ? `; a dot for one in ${formatCount(pointStep)}` : '';
  return found + errors + dots;
};
