import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { builtInDimension, dimensionOf, type Dimension } from '#proto/analysis/dimension';
import { peerKeys } from '#proto/analysis/peer';
import type { Trace } from '#proto/analysis/trace';
import { type TraceMap, traceMap } from '#proto/analysis/trace-map';
import type { AttributeColumn } from '#proto/bridge/trace-attributes';
import { traceAttributesQuery, useBridge } from '#ui/bridge/index.ts';
import { peersOf } from '#ui/model/peers.ts';
import { attributeKeyOf, type DimensionId, isBuiltIn } from './dimensions.ts';

interface Asked<Answer> {
  /** `undefined` while it is being asked for, and where it could not be had. */
  data: Answer | undefined;
  error: Error | undefined;
}

/** The dimensions of `ids`, in that order. */
export const useDimensions = (trace: Trace, ids: readonly DimensionId[]): Asked<readonly Dimension[]> => {
  const wanted = JSON.stringify(ids);
  const keys = ids.flatMap((id) => attributeKeyOf(id) ?? []);
  const attributes = useAttributeColumns(trace, keys, keys.length > 0);
  const map = useTraceMap(trace, ids.some(isOfMap));
  const data = useMemo(() => {
    const all = JSON.parse(wanted) as DimensionId[];
    const dimensions = all.flatMap((id) => {
      if (isBuiltIn(id)) return builtInDimension(trace, id);
      if (isOfMap(id)) return map.data === undefined ? [] : mapDimension(trace, map.data, id);
      const key = attributeKeyOf(id);
      const column = attributes.data?.find((one) => one.key === key);
      return column === undefined ? [] : attributeDimensionOf(trace, column);
    });
    return dimensions.length === all.length ? dimensions : undefined;
  }, [trace, wanted, map.data, attributes.data]);
  return { data, error: attributes.error ?? map.error };
};

const isOfMap = (id: DimensionId): id is 'call' | 'called' => id === 'call' || id === 'called';

/** Keys of all attributes that the trace has. */
export const useAttributeKeys = (trace: Trace, isWanted: boolean): readonly string[] => {
  const bridge = useBridge();
  const { traceId, spanCount } = trace.summary;
  const { data } = useQuery({
    ...traceAttributesQuery(bridge, traceId, [], spanCount),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => data?.keys.map(({ key }) => key).toSorted((a, b) => a.localeCompare(b)) ?? [], [data]);
};

const useAttributeColumns = (trace: Trace, keys: readonly string[], isWanted: boolean): Asked<readonly AttributeColumn[]> => {
  const bridge = useBridge();
  const { traceId, spanCount } = trace.summary;
  const { data, error } = useQuery({
    ...traceAttributesQuery(bridge, traceId, keys, spanCount),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  return { data: isWanted ? data?.columns : undefined, error: (isWanted ? error : undefined) ?? undefined };
};

/** Who called whom. */
export const useTraceMap = (trace: Trace, isWanted = true): Asked<TraceMap> => {
  const { data: columns, error } = useAttributeColumns(trace, peerKeys, isWanted);
  const data = useMemo(() => {
    if (columns === undefined) return undefined;
    return traceMap(trace, peersOf(columns, spansById(trace)));
  }, [trace, columns]);
  return { data, error };
};

const attributeDimensionOf = (trace: Trace, { strings, spanId, value }: AttributeColumn): Dimension => {
  const spanOf = spansById(trace);
  const codes = new Uint32Array(trace.tree.size).fill(strings.length);
  for (const [index, id] of spanId.entries()) {
    const span = spanOf.get(id);
    if (span !== undefined) codes[span] = value[index] ?? strings.length;
  }
  return { labels: [...strings, undefined], codes };
};

/** An edge as a group of spans is called after it. */
export const callLabel = ({ nodes, edges }: TraceMap, index: number): string | undefined => {
  const edge = edges[index];
  return edge && `${nodes[edge.from]?.name ?? ''} → ${nodes[edge.to]?.name ?? ''}`;
};

const mapDimension = (trace: Trace, map: TraceMap, id: 'call' | 'called'): Dimension => {
  const labelOf = (edge: number): string | undefined => (id === 'call' ? callLabel(map, edge) : map.nodes[map.edges[edge]?.to ?? -1]?.name);
  return dimensionOf(trace.tree.size, (span) => labelOf(map.edgeOf[span] ?? -1));
};

/** Made once a trace: answers of the engine name spans by their ids. */
const spansById = (trace: Trace): ReadonlyMap<string, number> => {
  let spans = known.get(trace);
  if (spans === undefined) {
    spans = new Map(Array.from({ length: trace.tree.size }, (_, span) => [trace.spanId.at(span), span]));
    known.set(trace, spans);
  }
  return spans;
};

const known = new WeakMap<Trace, ReadonlyMap<string, number>>();
