import { describe, expect, it } from 'vitest';
import { type Dimension, dimensionOf } from '#proto/analysis/dimension';
import { allSpans, alphabetical, sortSpans, spansWithLabel, spansWithWords } from './span-rows.ts';

const labels = ['db', 'api', undefined, 'api', '', 'worker 10', 'worker 9'];
const dimension: Dimension = dimensionOf(labels.length, (span) => labels[span]);
const all = allSpans(labels.length);
const idAt = (span: number): string => `abc${span}`.padEnd(16, '0');

describe('rows of spans', () => {
  it('stand in order of numbers, equal ones as in the tree either way round', () => {
    const values = [3, 1, 2, 1, 5, 0, 2];
    expect([...sortSpans(all, values, false)]).toEqual([5, 1, 3, 2, 6, 0, 4]);
    expect([...sortSpans(all, values, true)]).toEqual([4, 0, 2, 6, 1, 3, 5]);
  });

  it('stand in order of names as people read numbers, those without one last', () =>
    expect([...sortSpans(all, alphabetical(dimension), false)]).toEqual([4, 1, 3, 0, 6, 5, 2]));

  it('are found by words, each of which has to be somewhere', () => {
    const other = dimensionOf(labels.length, (span) => (span % 2 === 0 ? 'Client' : 'Server'));
    expect([...spansWithWords(all, 'API', [dimension], idAt)]).toEqual([1, 3]);
    expect([...spansWithWords(all, ' worker  client ', [dimension, other], idAt)]).toEqual([6]);
    expect([...spansWithWords(all, 'abc4', [dimension], idAt)]).toEqual([4]);
    expect(spansWithWords(all, '  ', [dimension], idAt)).toBe(all);
  });

  it('are found by a value, and by having none', () => {
    expect([...spansWithLabel(all, dimension, 'api')]).toEqual([1, 3]);
    expect([...spansWithLabel(all, dimension, undefined)]).toEqual([2, 4]);
    expect([...spansWithLabel(all, dimension, 'nobody')]).toEqual([]);
  });
});
