import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { OtlpPage } from '#proto/bridge/otlp-export';
import type { Trace } from '#proto/analysis/trace';
import { formatCount, plural } from '#proto/text/count';
import { spanJsonQuery, traceJsonQuery, useBridge } from '#ui/bridge/index.ts';
import { jsonLines, linesWith } from '#ui/model/json-lines.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { SkeletonRows } from '#ui/widgets/SkeletonRows.tsx';
import type { TabProps } from '../trace-tab.ts';
import { View } from '../View.tsx';
import { JsonText } from './JsonText.tsx';
import { JsonTools } from './JsonTools.tsx';

/** Spans through which a search goes on by itself; and lines of that many fit into memory well. */
const mostSearchedSpans = 10_000;

/** A trace, or its selected span, as OTLP/JSON: every field as it was sent. Read page by page, each of which is a document of its own. */
export const TraceJson = ({ trace, search, onSearch, selected, onClose }: TabProps) => {
  const isOfSpan = search.only === 'span' && selected !== undefined;
  const { pages, error, isLoading, loadMore, retry } = usePages(trace, isOfSpan ? trace.spanId.at(selected) : undefined);
  const text = useMemo(() => pages.flatMap(linesOf), [pages]);
  const spans = useMemo(() => pages.reduce((sum, page) => sum + spansIn(page), 0), [pages]);

  const found = useMemo(() => linesWith(text, search.text ?? ''), [text, search.text]);
  const [place, setPlace] = useState(0);
  const isSearching = (search.text ?? '').trim() !== '';
  useEffect(() => {
    if (isSearching && spans < mostSearchedSpans) loadMore?.();
  }, [isSearching, spans, loadMore]);

  const selectedLine = useMemo(
    () => lineOfSpan(text, selected === undefined ? undefined : trace.spanId.at(selected)),
    [text, selected, trace],
  );
  const at = Math.min(place, Math.max(0, found.length - 1));
  const total = isOfSpan ? 1 : trace.tree.size;
  return (
    <View
      label="JSON"
      onClose={onClose}
      note={spans === total ? plural(spans, 'span') : `${formatCount(spans)} of ${plural(total, 'span')}`}
      tools={
        <JsonTools
          trace={trace}
          search={search}
          onSearch={(part) => {
            setPlace(0);
            onSearch(part, true);
          }}
          selected={selected}
          found={{ count: found.length, at }}
          onStep={(step) => setPlace(found.length === 0 ? 0 : (at + step + found.length) % found.length)}
        />
      }
    >
      {error !== undefined ? (
        <ErrorState title="The trace could not be read" detail={error.message} onRetry={retry} />
      ) : isLoading ? (
        <SkeletonRows rows={24} label="Loading the JSON of the trace" />
      ) : (
        <JsonText
          lines={text}
          marked={isSearching ? search.text : undefined}
          shownLine={isSearching ? found[at] : selectedLine}
          onNearEnd={loadMore}
        />
      )}
    </View>
  );
};

const usePages = (trace: Trace, spanId: string | undefined) => {
  const bridge = useBridge();
  const { traceId, spanCount } = trace.summary;
  const all = useInfiniteQuery({ ...traceJsonQuery(bridge, traceId, spanCount), enabled: spanId === undefined });
  const one = useQuery({ ...spanJsonQuery(bridge, traceId, spanId ?? ''), enabled: spanId !== undefined });
  const { hasNextPage, isFetching, fetchNextPage } = all;
  const shown = spanId === undefined ? all : one;
  const pages = useMemo(
    () => (spanId === undefined ? (all.data?.pages ?? []) : one.data === undefined ? [] : [one.data]),
    [spanId, all.data, one.data],
  );
  const canLoad = spanId === undefined && hasNextPage && !isFetching;
  const loadMore = useMemo(() => (canLoad ? () => void fetchNextPage() : undefined), [canLoad, fetchNextPage]);
  return { pages, error: shown.error ?? undefined, isLoading: shown.isPending, loadMore, retry: () => void shown.refetch() };
};

/** Made once a page, however many pages come behind it. The cursor is no part of the document. */
const linesOf = (page: OtlpPage): readonly string[] => {
  let lines = known.get(page);
  if (lines === undefined) {
    lines = jsonLines({ resourceSpans: page.resourceSpans });
    known.set(page, lines);
  }
  return lines;
};

const known = new WeakMap<OtlpPage, readonly string[]>();

const spansIn = ({ resourceSpans = [] }: OtlpPage): number =>
  resourceSpans.reduce((sum, { scopeSpans }) => sum + scopeSpans.reduce((count, { spans }) => count + spans.length, 0), 0);

/** Where the span begins; `undefined` where it is not among the lines. */
const lineOfSpan = (lines: readonly string[], spanId: string | undefined): number | undefined => {
  if (spanId === undefined) return undefined;
  const line = lines.findIndex((text) => text.trimStart() === `"spanId": "${spanId}",`);
  return line < 0 ? undefined : line;
};
