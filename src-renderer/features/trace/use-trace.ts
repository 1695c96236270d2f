import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Bridge, traceColumnsQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import type { Trace } from '#proto/analysis/trace';
import { useRefresh } from '#ui/state/use-refresh.ts';
import { freshMs, traceOf } from './read-ahead.ts';
import { keepIfSame } from './same-columns.ts';

const pauseMs = 1000;
/** A large trace takes longer to read, send and lay out, and one row more changes less of the picture. */
const manySpans = 20_000;
const longPauseMs = 5000;

export interface OpenTrace {
  trace: Trace | undefined;
  error: Error | undefined;
  retry: () => void;
}

/** A trace, kept up to date while it is open: late spans are asked for when the engine says that something has come in. Waits for one that does not exist yet. */
export const useTrace = (traceId: string): OpenTrace => {
  const bridge = useBridge();
  const { data, error, refetch } = useQuery({
    ...traceColumnsQuery(bridge, traceId),
    staleTime: freshMs,
    structuralSharing: keepIfSame,
  });
  const trace = useMemo(() => (data === undefined ? undefined : traceOf(data)), [data]);

  const pause = (trace?.tree.size ?? 0) > manySpans ? longPauseMs : pauseMs;
  const refresh = async (signal: AbortSignal): Promise<void> => {
    if (trace !== undefined && trace.tree.size > manySpans && !(await hasChanged(bridge, trace, signal))) return;
    // Its error is in the result, and what is under way already is new enough.
    await refetch({ cancelRefetch: false });
  };
  useRefresh(refresh, useVersion(), traceId, pause);
  return { trace, error: error ?? undefined, retry: () => void refetch() };
};

/** What there is when the trace is opened, and from then on each change. The engine tells the first of them before it answers anything, so that it is no news. */
const useVersion = (): string => {
  const version = useChange()?.version;
  const [first, setFirst] = useState(version);
  if (first === undefined && version !== undefined) setFirst(version);
  return version === undefined || version === (first ?? version) ? 'first' : String(version);
};

/** Asks for the summary alone: most changes are of other traces, and the columns of a large one are megabytes. */
const hasChanged = async (bridge: Bridge, { summary: known }: Trace, signal: AbortSignal): Promise<boolean> => {
  try {
    const { summary } = await bridge.traces.spans({ traceId: known.traceId, limit: 1 }, { signal });
    return summary.spanCount !== known.spanCount || summary.logCount !== known.logCount || summary.pinned !== known.pinned;
  } catch {
    // Asking for the columns meets the same trouble, and shows it.
    return !signal.aborted;
  }
};

const shownMs = 6000;

/** How many spans have come in since the trace was opened, while that is news. */
export const useLateSpans = (trace: Trace): number => useNews(trace)?.count ?? 0;

/** Tells which spans have come in since the trace was opened, while that is news. */
export const useIsLate = (trace: Trace): ((span: number) => boolean) => {
  const before = useNews(trace)?.before;
  return (span) => before !== undefined && before.indexOf(trace.spanId.at(span)) === undefined;
};

interface News {
  count: number;
  /** The spans that were there already. */
  before: Trace['spanId'];
}

const useNews = (trace: Trace): News | undefined => {
  const known = useRef(trace);
  const [news, setNews] = useState<News>();
  useEffect(() => {
    const { current } = known;
    known.current = trace;
    const added = trace.tree.size - current.tree.size;
    if (added > 0) setNews((before) => ({ count: (before?.count ?? 0) + added, before: before?.before ?? current.spanId }));
  }, [trace]);
  useEffect(() => {
    if (news === undefined) return undefined;
    const timer = setTimeout(() => setNews(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [news]);
  return news;
};
