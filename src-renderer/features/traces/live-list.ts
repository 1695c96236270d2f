import type { TracePage, TraceSummary } from '#proto/bridge/shapes';

/** The loaded pages, newest first, as TanStack Query keeps them. */
export interface LoadedPages {
  pages: TracePage[];
  pageParams: unknown[];
}

export interface Merged {
  loaded: LoadedPages;
  /** Traces at the head that are not among the loaded ones. */
  newCount: number;
  /** The whole head is new: there are probably more than `newCount`. */
  isAtLeast: boolean;
}

/** The list begun anew from its head, which the engine has just given. */
export const startFromHead = (head: TracePage): LoadedPages => ({ pages: [head], pageParams: [undefined] });

/** The pages, by index, that rows from `first` to `last` of the list stand on; without the head, which is asked for anyway. */
export const pagesOfRows = ({ pages }: LoadedPages, first: number, last: number): number[] => {
  const found: number[] = [];
  let row = 0;
  for (const [index, { items }] of pages.entries()) {
    if (index > 0 && row <= last && row + items.length > first) found.push(index);
    row += items.length;
  }
  return found;
};

/**
 * A fresh head for a list that must not move, and the pages that are looked at: traces that have grown since are updated where they stand, new ones are only counted. Pages in
 * which nothing has changed stay the same objects.
 */
export const updateInPlace = (loaded: LoadedPages, head: TracePage, inView: readonly TracePage[] = []): Merged => {
  const fresh = new Map([...inView, head].flatMap(({ items }) => items).map((item) => [item.traceId, item]));
  const known = new Set<string>();
  const pages = loaded.pages.map((page) => {
    let isChanged = false;
    const items = page.items.map((item) => {
      known.add(item.traceId);
      const newer = fresh.get(item.traceId);
      if (newer === undefined || isSame(item, newer)) return item;
      isChanged = true;
      return newer;
    });
    return isChanged ? { ...page, items } : page;
  });
  const newCount = head.items.filter(({ traceId }) => !known.has(traceId)).length;
  return {
    loaded: { ...loaded, pages },
    newCount,
    isAtLeast: newCount === head.items.length && head.nextCursor !== undefined,
  };
};

const isSame = (a: TraceSummary, b: TraceSummary): boolean =>
  a.spanCount === b.spanCount &&
  a.logCount === b.logCount &&
  a.errorCount === b.errorCount &&
  a.durationNano === b.durationNano &&
  a.rootName === b.rootName &&
  a.hasRoot === b.hasRoot &&
  a.pinned === b.pinned;

/** All loaded traces in order, each once: one that moved between two page requests could stand in both. */
export const loadedTraces = (pages: readonly TracePage[]): TraceSummary[] => {
  const byId = new Map<string, TraceSummary>();
  for (const page of pages) {
    for (const item of page.items) if (!byId.has(item.traceId)) byId.set(item.traceId, item);
  }
  return [...byId.values()];
};
