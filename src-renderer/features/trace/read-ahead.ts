import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import { readTrace, type Trace } from '#proto/analysis/trace';
import { traceIdPattern } from '#proto/model/ids';
import { traceColumnsQuery, useBridge } from '#ui/bridge/index.ts';

/** What was read this recently is shown as it is; older columns are shown, too, and asked for again. */
export const freshMs = 500;
/** A trace that is not opened after all is forgotten. */
const keptMs = 5000;

const traces = new WeakMap<TraceColumns, Trace>();

/** The trace of some columns: laid out once, however many ask for it. */
export const traceOf = (columns: TraceColumns): Trace => {
  const known = traces.get(columns);
  if (known !== undefined) return known;
  const trace = readTrace(columns);
  traces.set(columns, trace);
  return trace;
};

/** Reads a trace that a person is about to open, their pointer or the keyboard's focus resting on it: half of what opening a huge one takes is done by the time of the click. */
export const useReadAhead = (): ((traceId: string) => void) => {
  const bridge = useBridge();
  const client = useQueryClient();
  return useCallback(
    (traceId) => {
      if (!traceIdPattern.test(traceId)) return;
      const query = traceColumnsQuery(bridge, traceId);
      const lay = (): void => {
        const columns = client.getQueryData(query.queryKey);
        if (columns !== undefined) traceOf(columns);
      };
      void client.prefetchQuery({ ...query, staleTime: freshMs, gcTime: keptMs }).then(lay);
    },
    [bridge, client],
  );
};
