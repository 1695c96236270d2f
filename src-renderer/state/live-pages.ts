export interface Page<Item> {
  items: Item[];
  nextCursor?: string | undefined;
}

/** The loaded pages in the order of the list, as TanStack Query keeps them. */
export interface LoadedPages<Item> {
  pages: Page<Item>[];
  pageParams: (string | undefined)[];
}

/** How items are told apart. */
export interface ItemKind<Item> {
  idOf: (item: Item) => string;
  /** Whether both show the same; absent where an item never changes. */
  isSame?: (a: Item, b: Item) => boolean;
}

export interface Merged<Item> {
  loaded: LoadedPages<Item>;
  /** Items of the head that are not among the loaded ones. */
  newCount: number;
  /** The whole head is new: there are probably more than `newCount`. */
  isAtLeast: boolean;
}

/** The list begun anew from its head, which the engine has just given. */
export const startFromHead = <Item>(head: Page<Item>): LoadedPages<Item> => ({ pages: [head], pageParams: [undefined] });

/** The pages, by index, that rows from `first` to `last` of the list stand on; without the head, which is asked for anyway. */
export const pagesOfRows = ({ pages }: LoadedPages<unknown>, first: number, last: number): number[] => {
  const found: number[] = [];
  let row = 0;
  for (const [index, { items }] of pages.entries()) {
    if (index > 0 && row <= last && row + items.length > first) found.push(index);
    row += items.length;
  }
  return found;
};

/**
 * A fresh head for a list that must not move, and the pages that are looked at: items that have changed since are updated where they stand, new ones are only counted. Pages in
 * which nothing has changed stay the same objects, and so does the whole where none has.
 */
export const updateInPlace = <Item>(
  loaded: LoadedPages<Item>,
  head: Page<Item>,
  { idOf, isSame = () => true }: ItemKind<Item>,
  inView: readonly Page<Item>[] = [],
): Merged<Item> => {
  const fresh = new Map([...inView, head].flatMap(({ items }) => items).map((item) => [idOf(item), item]));
  const known = new Set<string>();
  const pages = loaded.pages.map((page) => {
    let isChanged = false;
    const items = page.items.map((item) => {
      known.add(idOf(item));
      const newer = fresh.get(idOf(item));
      if (newer === undefined || isSame(item, newer)) return item;
      isChanged = true;
      return newer;
    });
    return isChanged ? { ...page, items } : page;
  });
  const newCount = head.items.filter((item) => !known.has(idOf(item))).length;
  return {
    loaded: pages.every((page, index) => page === loaded.pages[index]) ? loaded : { ...loaded, pages },
    newCount,
    isAtLeast: newCount > 0 && newCount === head.items.length && head.nextCursor !== undefined,
  };
};

/** The last page as it is now, when items have come in behind it; the same object where none has. */
export const replaceLast = <Item>(loaded: LoadedPages<Item>, last: Page<Item>): LoadedPages<Item> => {
  const before = loaded.pages.at(-1);
  if (before?.items.length === last.items.length && before.nextCursor === last.nextCursor) return loaded;
  return { ...loaded, pages: [...loaded.pages.slice(0, -1), last] };
};

/** What asks for the last page again. */
export const lastCursor = ({ pages }: LoadedPages<unknown>): string | undefined => pages.at(-2)?.nextCursor;

/** All loaded items in order, each once: one that was pushed on between two page requests could stand on both. */
export const loadedItems = <Item>(pages: readonly Page<Item>[], { idOf }: ItemKind<Item>): Item[] => {
  const byId = new Map<string, Item>();
  for (const { items } of pages) {
    for (const item of items) if (!byId.has(idOf(item))) byId.set(idOf(item), item);
  }
  return [...byId.values()];
};
