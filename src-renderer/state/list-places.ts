/** Where a person was in a list. */
export interface ListPlace {
  offsetPx: number;
  /** The row that was looked at last. */
  activeId: string | undefined;
}

const mostPlaces = 50;

/** Places in a list by entry of the history, so that going back leads to the same row; the oldest are forgotten. */
export class ListPlaces {
  readonly #places = new Map<string, ListPlace>();

  get(entry: string): ListPlace | undefined {
    return this.#places.get(entry);
  }

  keep(entry: string, place: ListPlace): void {
    this.#places.delete(entry);
    this.#places.set(entry, place);
    const oldest = this.#places.keys().next().value;
    if (this.#places.size > mostPlaces && oldest !== undefined) this.#places.delete(oldest);
  }
}
