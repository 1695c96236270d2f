/** Where a person was in the list, to take them back there. */
export interface ListPlace {
  offsetPx: number;
  traceId: string | undefined;
}

const mostPlaces = 50;
const places = new Map<string, ListPlace>();

/** Where a person was in the list, by entry of the history, so that going back leads to the same row; the oldest are forgotten. */
export const listPlaces = {
  get: (entry: string): ListPlace | undefined => places.get(entry),
  keep: (entry: string, place: ListPlace): void => {
    places.delete(entry);
    places.set(entry, place);
    const oldest = places.keys().next().value;
    if (places.size > mostPlaces && oldest !== undefined) places.delete(oldest);
  },
};
