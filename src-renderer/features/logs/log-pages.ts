import type { LogItem, LogPage } from '#proto/bridge/shapes';

/** The loaded pages in the order of the list, as TanStack Query keeps them. */
export interface LogPages {
  pages: LogPage[];
  pageParams: unknown[];
}

/** The list begun anew from its head, which the engine has just given. */
export const startFromHead = (head: LogPage): LogPages => ({ pages: [head], pageParams: [undefined] });

/** How many lines of a fresh head are not among the loaded ones; `isAtLeast`: the whole head is new, there are probably more. */
export const countNew = ({ pages }: LogPages, head: LogPage): { count: number; isAtLeast: boolean } => {
  const known = new Set(pages.flatMap((page) => page.items.map((item) => item.id)));
  const count = head.items.filter((item) => !known.has(item.id)).length;
  return { count, isAtLeast: count > 0 && count === head.items.length && head.nextCursor !== undefined };
};

/** The last page as it is now, when lines have come in behind it; the same object where none has. */
export const replaceLast = (loaded: LogPages, last: LogPage): LogPages => {
  const before = loaded.pages.at(-1);
  if (before?.items.length === last.items.length && before.nextCursor === last.nextCursor) return loaded;
  return { ...loaded, pages: [...loaded.pages.slice(0, -1), last] };
};

/** What asks for the last page again. */
export const lastCursor = ({ pages }: LogPages): string | undefined => pages.at(-2)?.nextCursor;

/** All loaded lines in order, each once: a late line may push another one onto a second page. */
export const loadedLogs = (pages: readonly LogPage[]): LogItem[] => [
  ...new Map(pages.flatMap((page) => page.items).map((item) => [item.id, item])).values(),
];
