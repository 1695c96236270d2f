import { describe, expect, it } from 'vitest';
import { type ItemKind, lastCursor, loadedItems, type Page, pagesOfRows, replaceLast, startFromHead, updateInPlace } from './live-pages.ts';

interface Item {
  id: string;
  size: number;
}

const kind: ItemKind<Item> = { idOf: ({ id }) => id, isSame: (a, b) => a.size === b.size };
const item = (id: string, size = 1): Item => ({ id, size });
const page = (ids: string[], nextCursor?: string): Page<Item> => ({
  items: ids.map((id) => item(id)),
  ...(nextCursor === undefined ? {} : { nextCursor }),
});
const ids = (pages: readonly Page<Item>[]) => loadedItems(pages, kind).map(({ id }) => id);
const two = () => ({ pages: [page(['c', 'b'], 'x'), page(['a'])], pageParams: [undefined, 'x'] });

describe('updateInPlace', () => {
  it('counts new items and moves nothing', () => {
    const merged = updateInPlace(two(), page(['e', 'd', 'c', 'b']), kind);
    expect(ids(merged.loaded.pages)).toEqual(['c', 'b', 'a']);
    expect(merged).toMatchObject({ newCount: 2, isAtLeast: false });
  });

  it('updates an item that has changed where it stands, and keeps untouched pages as they are', () => {
    const loaded = two();
    const merged = updateInPlace(loaded, { items: [item('b', 7)] }, kind);
    expect(merged.loaded.pages[0]?.items).toEqual([item('c'), item('b', 7)]);
    expect(merged.loaded.pages[0]?.nextCursor).toBe('x');
    expect(merged.loaded.pages[1]).toBe(loaded.pages[1]);
  });

  it('updates items on the pages that are looked at, and takes none of them for new', () => {
    const loaded = two();
    const merged = updateInPlace(loaded, page(['c', 'b']), kind, [{ items: [item('a', 9), item('z')] }]);
    expect(merged.loaded.pages[1]?.items).toEqual([item('a', 9)]);
    expect(merged.loaded.pages[0]).toBe(loaded.pages[0]);
    expect(merged.newCount).toBe(0);
  });

  it('is the same object where nothing has changed, as it is for what never does', () => {
    const loaded = two();
    expect(updateInPlace(loaded, page(['d', 'c']), kind).loaded).toBe(loaded);
    expect(updateInPlace(loaded, { items: [item('b', 7)] }, { idOf: kind.idOf }).loaded).toBe(loaded);
  });

  it('says that there are more new ones than the head holds', () => {
    expect(updateInPlace(startFromHead(page(['a'])), page(['d', 'c'], 'x'), kind)).toMatchObject({ newCount: 2, isAtLeast: true });
    expect(updateInPlace(startFromHead(page([])), page(['d', 'c']), kind)).toMatchObject({ newCount: 2, isAtLeast: false });
    expect(updateInPlace(startFromHead(page([])), page([]), kind)).toMatchObject({ newCount: 0, isAtLeast: false });
  });
});

describe('pagesOfRows', () => {
  const loaded = { pages: [page(['e', 'd']), page(['c', 'b']), page(['a'])], pageParams: [] };
  it.each([
    [0, 1, []],
    [1, 2, [1]],
    [2, 3, [1]],
    [3, 4, [1, 2]],
    [4, 90, [2]],
  ])('rows %i to %i: %j', (first, last, expected) => expect(pagesOfRows(loaded, first, last)).toEqual(expected));
});

describe('replaceLast', () => {
  it('takes what came in behind', () => {
    const loaded = two();
    const merged = replaceLast(loaded, page(['a', 'z'], 'y'));
    expect(ids(merged.pages)).toEqual(['c', 'b', 'a', 'z']);
    expect(merged.pages[0]).toBe(loaded.pages[0]);
    expect(merged.pageParams).toEqual([undefined, 'x']);
  });

  it('is the same object where nothing did', () => {
    const loaded = two();
    expect(replaceLast(loaded, page(['a']))).toBe(loaded);
  });
});

describe('lastCursor', () => {
  it('is that of the page before, and none for the first', () => {
    expect(lastCursor(two())).toBe('x');
    expect(lastCursor(startFromHead(page(['1'], 'x')))).toBeUndefined();
  });
});

describe('loadedItems', () => {
  it('shows an item once that two pages hold', () => expect(ids([page(['c', 'b']), page(['b', 'a'])])).toEqual(['c', 'b', 'a']));
  it('shows none for an empty store', () => expect(ids([page([])])).toEqual([]));
});
