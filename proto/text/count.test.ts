import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatShortCount, plural, times } from './count.ts';

describe('counts', () => {
  it('groups digits', () => expect(formatCount(1_234_567)).toBe('1,234,567'));
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1k'],
    [12_345, '12.3k'],
    [99_960, '100k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [4_120_000, '4.1M'],
    [999_600_000, '1G'],
  ])('%i in short is %s', (count, expected) => expect(formatShortCount(count)).toBe(expected));
  it('is how often', () => expect([1, 2, 48].map(times)).toEqual(['once', 'twice', '48 times']));
  it('agrees in number', () =>
    expect([plural(0, 'span'), plural(1, 'span'), plural(2, 'reply', 'replies')]).toEqual(['0 spans', '1 span', '2 replies']));
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [999.9, '1 kB'],
    [1_234_567, '1.23 MB'],
    [999_999_999, '1 GB'],
    [5e15, '5000 TB'],
  ])('%d reads %s', (bytes, expected) => expect(formatBytes(bytes)).toBe(expected));
});
