import { describe, expect, it } from 'vitest';
import { durationParts, formatDuration } from './duration.ts';

describe('formatDuration', () => {
  it.each([
    ['0', '0 ms'],
    ['1', '1 ns'],
    ['999', '999 ns'],
    ['12000', '12 µs'],
    ['12345', '12.3 µs'],
    ['340000000', '340 ms'],
    ['1240000000', '1.24 s'],
    ['1236543210', '1.24 s'],
    ['59940000000', '59.9 s'],
    ['59960000000', '1 min'],
    ['125000000000', '2 min 5 s'],
    ['3600000000000', '1 h'],
    ['3661000000000', '1 h 1 min'],
    ['90000000000000', '1 d 1 h'],
    ['18446744073709551615', '213503 d 23 h'],
  ])('%s ns reads %s', (ns, expected) => expect(formatDuration(ns)).toBe(expected));

  it('chooses the unit after rounding', () => expect(formatDuration('999960000')).toBe('1 s'));
  it('keeps the sign of a span that ends before it starts', () => expect(formatDuration(-1500)).toBe('−1.5 µs'));
  it('shows a dash for what is no number', () => expect(formatDuration('oops')).toBe('–'));
  it('keeps value and unit apart', () => expect(durationParts(2_500_000)).toEqual([{ value: '2.5', unit: 'ms' }]));
});
