import { describe, expect, it } from 'vitest';
import { collapseOf, searchOf, TraceSearch } from './trace-search.ts';

const span = 'a1b2c3d4e5f60718';

describe('TraceSearch', () => {
  it('reads what a link may say', () => {
    expect(TraceSearch.parse({ span: span.toUpperCase(), tab: 'logs', depth: '2', folds: `${span}.${span}` })).toEqual({
      span,
      tab: 'logs',
      depth: 2,
      folds: `${span}.${span}`,
    });
  });
  it.each([
    { span: '0000000000000000' },
    { span: ['x'] },
    { tab: 'nothing' },
    { depth: -1 },
    { depth: '1e99' },
    { folds: 'x' },
    { folds: `${span}.`.repeat(9999) },
  ])('passes over %j', (search) => expect(Object.values(TraceSearch.parse(search)).every((value) => value === undefined)).toBe(true));
  it('carries what is folded there and back', () => {
    const collapse = { fromDepth: 1, toggled: [span, '1111111111111111'] };
    expect(collapseOf(TraceSearch.parse(searchOf(collapse)))).toEqual(collapse);
    expect(collapseOf(TraceSearch.parse({}))).toEqual({ fromDepth: undefined, toggled: [] });
  });
});
