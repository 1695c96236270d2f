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

/**
 * A fresh head for a list that must not move: traces that have grown since are updated where they stand, new ones are only counted. Pages in which nothing
 * has changed stay the same objects.
 */
export const updateInPlace = (loaded: LoadedPages, head: TracePage): Merged => {
  const fresh = new Map(head.items.map((item) => [item.traceId, item]));
  const pages = loaded.pages.map((page) => {
    let isChanged = false;
    const items = page.items.map((item) => {
      const newer = fresh.get(item.traceId);
      fresh.delete(item.traceId);
      if (newer === undefined || isSame(item, newer)) return item;
      isChanged = true;
      return newer;
    });
    return isChanged ? { ...page, items } : page;
  });
  return {
    loaded: { ...loaded, pages },
    newCount: fresh.size,
    isAtLeast: fresh.size === head.items.length && head.nextCursor !== undefined,
  };
};

const isSame = (a: TraceSummary, b: TraceSummary): boolean =>
  a.spanCount === b.spanCount &&
  a.logCount === b.logCount &&
  a.errorCount === b.errorCount &&
  a.durationNano === b.durationNano &&
  a.rootName === b.rootName &&
  a.hasRoot === b.hasRoot;

/** All loaded traces in order, each once: one that moved between two page requests could stand in both. */
export const loadedTraces = (pages: readonly TracePage[]): TraceSummary[] => {
  const byId = new Map<string, TraceSummary>();
  for (const page of pages) {
    for (const item of page.items) if (!byId.has(item.traceId)) byId.set(item.traceId, item);
  }
  return [...byId.values()];
};
