import { describe, expect, it } from 'vitest';
import type { TracePage, TraceSummary } from '#proto/bridge/shapes';
import { loadedTraces, pagesOfRows, startFromHead, updateInPlace } from './live-list.ts';

const trace = (traceId: string, spanCount = 1): TraceSummary => ({
  traceId,
  rootName: 'GET /',
  rootService: 'api',
  hasRoot: true,
  startTimeUnixNano: '1',
  durationNano: '1',
  spanCount,
  errorCount: 0,
  logCount: 0,
  services: [],
  receivedTimeUnixNano: '1',
  pinned: false,
});
const page = (ids: string[], nextCursor?: string): TracePage => ({
  items: ids.map((id) => trace(id)),
  ...(nextCursor === undefined ? {} : { nextCursor }),
});
const ids = (pages: readonly TracePage[]) => loadedTraces(pages).map(({ traceId }) => traceId);

describe('updateInPlace', () => {
  it('counts new traces and moves nothing', () => {
    const merged = updateInPlace({ pages: [page(['c', 'b'], 'x'), page(['a'])], pageParams: [undefined, 'x'] }, page(['e', 'd', 'c', 'b']));
    expect(ids(merged.loaded.pages)).toEqual(['c', 'b', 'a']);
    expect(merged).toMatchObject({ newCount: 2, isAtLeast: false });
  });

  it('updates a trace that has grown where it stands, and keeps untouched pages as they are', () => {
    const loaded = { pages: [page(['b'], 'x'), page(['a'])], pageParams: [undefined, 'x'] };
    const merged = updateInPlace(loaded, { items: [trace('b', 7)] });
    expect(merged.loaded.pages[0]?.items[0]?.spanCount).toBe(7);
    expect(merged.loaded.pages[0]?.nextCursor).toBe('x');
    expect(merged.loaded.pages[1]).toBe(loaded.pages[1]);
  });

  it('updates traces on the pages that are looked at, and takes none of them for new', () => {
    const loaded = { pages: [page(['c', 'b'], 'x'), page(['a'])], pageParams: [undefined, 'x'] };
    const merged = updateInPlace(loaded, page(['c', 'b']), [{ items: [trace('a', 9), trace('z')] }]);
    expect(merged.loaded.pages[1]?.items).toEqual([trace('a', 9)]);
    expect(merged.loaded.pages[0]).toBe(loaded.pages[0]);
    expect(merged.newCount).toBe(0);
  });

  it('says that there are more new ones than the head holds', () => {
    expect(updateInPlace(startFromHead(page(['a'])), page(['d', 'c'], 'x'))).toMatchObject({ newCount: 2, isAtLeast: true });
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

describe('loadedTraces', () => {
  it('shows a trace once that two pages hold', () => expect(ids([page(['c', 'b']), page(['b', 'a'])])).toEqual(['c', 'b', 'a']));
  it('shows none for an empty store', () => expect(ids([page([])])).toEqual([]));
});
