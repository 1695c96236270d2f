import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Trace } from '#proto/analysis/trace';
import { traceLogMomentsQuery, useBridge } from '#ui/bridge/index.ts';
import { type LogMarks, markLogs } from '#ui/model/log-marks.ts';

/** As many as one question gives. The rows count all of them. */
export const mostLogMarks = 1000;

/** When the first log records of a trace were written. Asked for again when the trace has more. */
export const useLogMarks = (trace: Trace): LogMarks | undefined => {
  const bridge = useBridge();
  const { traceId, logCount } = trace.summary;
  const { data } = useQuery({
    ...traceLogMomentsQuery(bridge, { traceId, logCount, limit: mostLogMarks }),
    enabled: logCount > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  return useMemo(() => (data === undefined ? undefined : markLogs(trace, data)), [trace, data]);
};
