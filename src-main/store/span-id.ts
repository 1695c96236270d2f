/** Spans that one trace can hold; 2^31 traces fit into what a double counts exactly. */
export const maxSpansPerTrace = 2 ** 22;

/** The id of a span in the store: its trace's ordinal, then its place of arrival in the trace. */
export function storedSpanId(traceOrdinal: number, place: number): number {
  if (place >= maxSpansPerTrace) throw new Error(`A trace can hold ${maxSpansPerTrace} spans, and this one already does.`);
  return traceOrdinal * maxSpansPerTrace + place;
}

export function firstSpanIdOf(traceOrdinal: number): number {
  return traceOrdinal * maxSpansPerTrace;
}

export function traceOrdinalOf(storedId: number): number {
  return Math.floor(storedId / maxSpansPerTrace);
}
