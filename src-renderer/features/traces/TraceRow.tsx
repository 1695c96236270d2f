import { Link } from '@tanstack/react-router';
import { Pin } from 'lucide-react';
import { memo } from 'react';
import type { TraceSummary } from '#proto/bridge/shapes';
import { formatCount, formatShortCount, plural } from '#proto/text/count';
import { formatExactTime } from '#ui/base/time.ts';
import { OriginBadge } from '#ui/components/OriginBadge.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { Badge } from '#ui/widgets/Badge.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import { barShare } from './duration-bar.ts';
import { fitServices } from './fit-services.ts';
import styles from './TraceTable.module.css';

interface TraceRowProps {
  trace: TraceSummary;
  index: number;
  topPx: number;
  isActive: boolean;
  longestNs: number;
  servicesPx: number;
  onActivate: (traceId: string) => void;
  onFilterService: (name: string) => void;
  isChosen: boolean;
  onChoose: (traceId: string) => void;
}

/** One trace in 28 px. Its link covers the row, so that a click, a middle click and "copy link" work anywhere on it; but for the box that chooses it for comparison. */
export const TraceRow = memo((props: TraceRowProps) => {
  const { trace, index, topPx, isActive, longestNs, servicesPx, onActivate, onFilterService, isChosen, onChoose } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles['row']}
      data-failed={trace.errorCount > 0 || undefined}
      data-chosen={isChosen || undefined}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <span role="cell" className={styles['trace']}>
        <span className={styles['mark']} aria-hidden />
        <label className={styles['choose']} title="Choose for comparison (x)">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isChosen}
            aria-label={`Choose ${inertText(trace.rootName)} for comparison`}
            onChange={() => onChoose(trace.traceId)}
          />
        </label>
        <Link
          to="/traces/$traceId"
          params={{ traceId: trace.traceId }}
          preload="intent"
          className={styles['link']}
          tabIndex={isActive ? 0 : -1}
          data-row-link={index}
          onFocus={() => onActivate(trace.traceId)}
          onClick={() => onActivate(trace.traceId)}
        >
          <span className={styles['rootService']}>
            <ServiceBadge name={trace.rootService} />
          </span>
          <span className={styles['rootName']} title={inertText(trace.rootName)}>
            {trace.rootName.trim() === '' ? <em>no name</em> : inertText(trace.rootName)}
          </span>
        </Link>
        {trace.pinned ? (
          <span className={styles['pin']} title="Pinned: kept when older traces are dropped">
            <Pin size={11} role="img" aria-label="Pinned" />
          </span>
        ) : undefined}
        <OriginBadge trace={trace} />
        {trace.hasRoot ? undefined : <Badge title="The root span has not arrived: this is the earliest span that has.">no root</Badge>}
      </span>
      <span role="cell" className={styles['duration']}>
        <Duration ns={trace.durationNano} />
        <span className={styles['track']} aria-hidden>
          <span className={styles['bar']} style={{ width: `${barShare(Number(trace.durationNano), longestNs) * 100}%` }} />
        </span>
      </span>
      <span role="cell" className={styles['number']} title={formatCount(trace.spanCount)}>
        {fittingCount(trace.spanCount)}
      </span>
      <span role="cell" className={styles['number']} data-error={trace.errorCount > 0 || undefined}>
        {trace.errorCount > 0 ? fittingCount(trace.errorCount) : <span className="visually-hidden">0</span>}
      </span>
      <ServicesCell
        services={trace.services.filter(({ name }) => name !== trace.rootService)}
        widthPx={servicesPx}
        onFilter={onFilterService}
      />
      <span role="cell" className={styles['when']}>
        <RelativeTime
          time={trace.receivedTimeUnixNano}
          title={`Started ${formatExactTime(trace.startTimeUnixNano)}\nArrived ${formatExactTime(trace.receivedTimeUnixNano)}`}
        />
      </span>
    </div>
  );
});

/** Every digit where the column has room for them. */
const fittingCount = (count: number): string => (count < 100_000 ? formatCount(count) : formatShortCount(count));

const ServicesCell = ({
  services,
  widthPx,
  onFilter,
}: {
  services: TraceSummary['services'];
  widthPx: number;
  onFilter: (name: string) => void;
}) => {
  const { shown, left } = fitServices(services, widthPx);
  return (
    <span role="cell" className={styles['services']}>
      {shown.map((service) => (
        <button
          key={service.name}
          type="button"
          tabIndex={-1}
          className={styles['chip']}
          data-error={service.errorCount > 0 || undefined}
          title={`${inertText(service.name)}: ${plural(service.spanCount, 'span')}${service.errorCount > 0 ? `, ${plural(service.errorCount, 'error')}` : ''}. Click to show only its traces.`}
          disabled={service.name === ''}
          onClick={() => onFilter(service.name)}
        >
          <ServiceBadge name={service.name} />
        </button>
      ))}
      {left === 0 ? undefined : (
        <span
          className={styles['left']}
          title={services
            .slice(0, 60)
            .map(({ name }) => inertText(name))
            .join(', ')}
        >
          +{left}
        </span>
      )}
    </span>
  );
};
