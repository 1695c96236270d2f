import { describe, expect, it } from 'vitest';
import type { LogPage } from '#proto/bridge/shapes';
import { logItem } from './log-item.fixture.ts';
import { countNew, lastCursor, loadedLogs, replaceLast, startFromHead } from './log-pages.ts';

const page = (ids: string[], nextCursor?: string): LogPage => ({
  items: ids.map((id) => logItem({ id })),
  ...(nextCursor === undefined ? {} : { nextCursor }),
});

describe('countNew', () => {
  const loaded = { pages: [page(['3', '2'], 'x'), page(['1'])], pageParams: [undefined, 'x'] };

  it('counts what is not loaded', () => {
    expect(countNew(loaded, page(['5', '4', '3'], 'y'))).toEqual({ count: 2, isAtLeast: false });
    expect(countNew(loaded, page(['3', '2'], 'x'))).toEqual({ count: 0, isAtLeast: false });
    expect(countNew(loaded, page([]))).toEqual({ count: 0, isAtLeast: false });
  });

  it('says that there may be more than the head holds', () => {
    expect(countNew(loaded, page(['9', '8'], 'y'))).toEqual({ count: 2, isAtLeast: true });
    expect(countNew(startFromHead(page([])), page(['9', '8']))).toEqual({ count: 2, isAtLeast: false });
  });
});

describe('replaceLast', () => {
  const loaded = { pages: [page(['1'], 'x'), page(['2'])], pageParams: [undefined, 'x'] };

  it('takes what came in behind', () => {
    const merged = replaceLast(loaded, page(['2', '3'], 'y'));
    expect(loadedLogs(merged.pages).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(merged.pages[0]).toBe(loaded.pages[0]);
    expect(merged.pageParams).toEqual([undefined, 'x']);
  });

  it('is the same object where nothing did', () => expect(replaceLast(loaded, page(['2']))).toBe(loaded));
});

describe('lastCursor', () => {
  it('is that of the page before, and none for the first', () => {
    expect(lastCursor({ pages: [page(['1'], 'x'), page(['2'], 'y')], pageParams: [undefined, 'x'] })).toBe('x');
    expect(lastCursor(startFromHead(page(['1'], 'x')))).toBeUndefined();
  });
});

describe('loadedLogs', () => {
  it('shows a line once that two pages hold', () => {
    expect(loadedLogs([page(['3', '2']), page(['2', '1'])]).map(({ id }) => id)).toEqual(['3', '2', '1']);
  });
});
