import { describe, expect, it } from 'vitest';
import { runFoldingOf, searchOfRuns, TimelineSearch } from './timeline-search.ts';

const span = 'a1b2c3d4e5f60718';

describe('TimelineSearch', () => {
  it('reads what a link may say', () => {
    const search = { find: 'SELECT', runs: `${span}.${span}`, root: span.toUpperCase(), path: 'critical', clocks: 'adjusted' };
    expect(TimelineSearch.parse(search)).toEqual({ ...search, root: span });
  });
  it.each([
    { find: 'x'.repeat(201) },
    { runs: 'x' },
    { runs: `${span}.`.repeat(999) },
    { root: '0'.repeat(16) },
    { path: 'shortest' },
    { clocks: '' },
  ])('passes over %j', (search) => expect(Object.values(TimelineSearch.parse(search)).every((value) => value === undefined)).toBe(true));
  it.each([[[]], [[span, '1111111111111111']], ['none' as const]])('carries which runs are folded there and back: %j', (folding) =>
    expect(runFoldingOf(TimelineSearch.parse(searchOfRuns(folding)))).toEqual(folding),
  );
});
