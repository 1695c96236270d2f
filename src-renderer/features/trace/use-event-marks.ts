import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { spanQuery, useBridge } from '#ui/bridge/index.ts';
import { exceptionOf } from '#ui/model/exception.ts';
import { nsSince } from '#ui/model/ns-since.ts';
import type { Trace } from '#ui/model/trace.ts';
import type { EventMark } from './timeline/paint-bars.ts';

const noEvents: readonly EventMark[] = [];
/** More would cover the bar. */
const mostMarks = 500;

/** When the events of the selected span happened, once they are known: they are fetched when a span is looked at. */
export const useEventMarks = (trace: Trace, selected: number | undefined): readonly EventMark[] => {
  const bridge = useBridge();
  const spanId = selected === undefined ? '' : (trace.spanId[selected] ?? '');
  const { data } = useQuery({
    ...spanQuery(bridge, trace.summary.traceId, spanId),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: spanId !== '' && (trace.eventCount[selected ?? 0] ?? 0) > 0,
  });
  const startedAt = trace.summary.startTimeUnixNano;
  return useMemo(() => {
    if (data === undefined || spanId === '') return noEvents;
    return data.events.slice(0, mostMarks).map(({ timeUnixNano, attributes }) => ({
      ns: nsSince(startedAt, timeUnixNano),
      isException: exceptionOf(attributes) !== undefined,
    }));
  }, [data, spanId, startedAt]);
};
