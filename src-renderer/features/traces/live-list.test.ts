import { describe, expect, it } from 'vitest';
import type { TracePage, TraceSummary } from '#proto/bridge/shapes';
import { loadedTraces, startFromHead, updateInPlace } from './live-list.ts';

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

  it('says that there are more new ones than the head holds', () => {
    expect(updateInPlace(startFromHead(page(['a'])), page(['d', 'c'], 'x'))).toMatchObject({ newCount: 2, isAtLeast: true });
  });
});

describe('loadedTraces', () => {
  it('shows a trace once that two pages hold', () => expect(ids([page(['c', 'b']), page(['b', 'a'])])).toEqual(['c', 'b', 'a']));
  it('shows none for an empty store', () => expect(ids([page([])])).toEqual([]));
});
