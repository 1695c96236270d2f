import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { selfTimes } from '#proto/analysis/self-time';
import { spanQuery, useBridge } from '#ui/bridge/index.ts';
import { InertText } from '#ui/components/InertText.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import type { Trace } from '#proto/analysis/trace';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { Inspector } from '#ui/widgets/Inspector.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import { SpanDetails } from './SpanDetails.tsx';
import { SpanFacts } from './SpanFacts.tsx';
import styles from './SpanInspector.module.css';

interface SpanInspectorProps {
  trace: Trace;
  span: number;
  onSelect: (span: number) => void;
  onTraceLogs: () => void;
  onClose: () => void;
}

/** Everything about one span. What the timeline knows already is there at once; attributes, events and links come when they have been fetched. */
export const SpanInspector = ({ trace, span, onSelect, onTraceLogs, onClose }: SpanInspectorProps) => {
  const bridge = useBridge();
  const { traceId } = trace.summary;
  const spanId = trace.spanId.at(span);
  const { data, error, refetch } = useQuery({ ...spanQuery(bridge, traceId, spanId), staleTime: Number.POSITIVE_INFINITY });
  const name = trace.name.at(span);
  const selfNs = useMemo(() => selfTimes(trace), [trace]);
  return (
    <Inspector
      label="Span details"
      subject={spanId}
      onClose={onClose}
      head={
        <div className={styles['names']}>
          <ServiceBadge name={trace.service.at(span)} />
          <h2 className={styles['name']}>{name.trim() === '' ? <em>no name</em> : <InertText text={name.slice(0, 1000)} />}</h2>
        </div>
      }
    >
      <SpanFacts trace={trace} span={span} selfNs={selfNs} detail={data} onSelect={onSelect} />
      {data !== undefined ? (
        <SpanDetails trace={trace} span={span} detail={data} onSelect={onSelect} onTraceLogs={onTraceLogs} />
      ) : error === null ? (
        <SkeletonRows rows={8} label="Loading span details" />
      ) : (
        <ErrorState title="The span could not be read" detail={error.message} onRetry={() => void refetch()} />
      )}
    </Inspector>
  );
};
