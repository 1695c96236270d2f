import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { compareTraces, type TraceComparison } from '#proto/analysis/compare-traces';
import { comparisonSentence, sentenceText } from '#proto/analysis/comparison-sentence';
import { readTrace, type Trace } from '#proto/analysis/trace';
import { traceChanges, type TraceChange } from '#proto/analysis/trace-changes';
import { traceColumnsQuery, useBridge } from '#ui/bridge/index.ts';

export interface OpenTraceHalf {
  trace: Trace | undefined;
  error: Error | undefined;
  retry: () => void;
}

/** One of the two traces, as it is stored when it is opened. */
export const useComparedTrace = (traceId: string): OpenTraceHalf => {
  const { data, error, refetch } = useQuery(traceColumnsQuery(useBridge(), traceId));
  const trace = useMemo(() => (data === undefined ? undefined : readTrace(data)), [data]);
  return { trace, error: error ?? undefined, retry: () => void refetch() };
};

export interface ComparedTraces {
  comparison: TraceComparison;
  /** Biggest first. */
  changes: readonly TraceChange[];
  sentence: string;
}

export const useComparison = (a: Trace, b: Trace): ComparedTraces =>
  useMemo(() => {
    const comparison = compareTraces(a, b);
    const changes = traceChanges(comparison);
    return { comparison, changes, sentence: sentenceText(comparisonSentence(comparison, changes)) };
  }, [a, b]);
