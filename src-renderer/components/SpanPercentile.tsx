import { useQuery } from '@tanstack/react-query';
import { latencyStanding } from '#proto/analysis/latency-standing';
import type { Operation } from '#proto/bridge/operation-latency';
import { operationLatencyQuery, useBridge } from '#ui/bridge/index.ts';

interface SpanPercentileProps {
  operation: Operation;
  durationNs: number;
}

/** How a span's duration compares with what is stored of its operation, in a few words; nothing while it is being asked, or where too few spans are stored to tell. */
export const SpanPercentile = ({ operation, durationNs }: SpanPercentileProps) => {
  const { data } = useQuery(operationLatencyQuery(useBridge(), operation));
  const standing = data && latencyStanding(data, durationNs);
  return standing === undefined ? undefined : <span title={standing}>{standing}</span>;
};
