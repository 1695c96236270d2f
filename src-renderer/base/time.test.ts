import { describe, expect, it } from 'vitest';
import { formatAgo, formatClockTime, formatExactTime, formatRelativeTime } from './time.ts';

const at = (local: Date, nanos = 0): string => (BigInt(local.getTime()) * 1_000_000n + BigInt(nanos)).toString();
const noon = new Date(2026, 2, 1, 12, 0, 0, 0);

const after = (ms: number): string => formatRelativeTime(at(noon), noon.getTime() + ms);

describe('formatExactTime', () => {
  it('keeps every nanosecond, in local time', () => {
    expect(formatExactTime(at(noon, 123_456_789))).toMatch(/^2026-03-01 12:00:00\.123456789 [+-]\d\d:\d\d$/);
  });
  it('says that zero is no time', () => expect(formatExactTime('0')).toBe('not set'));
});

describe('formatClockTime', () => {
  it('stops at milliseconds without rounding up', () => expect(formatClockTime(at(noon, 999_999_999))).toBe('12:00:00.999'));
});

describe('formatRelativeTime', () => {
  it.each([
    [0, 'now'],
    [1999, 'now'],
    [12_400, '12 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3 * 3_600_000 + 5000, '3 h'],
    [2 * 86_400_000, '2 d'],
    [8 * 86_400_000, '2026-03-01'],
    [-500, 'now'],
    [-5000, 'ahead'],
  ])('%i ms later: %s', (ms, expected) => expect(after(ms)).toBe(expected));
  it('reads a zero time as not set', () => expect(formatRelativeTime('0', noon.getTime())).toBe('not set'));
});

describe('formatAgo', () => {
  it.each([
    [0, 'now'],
    [12_400, '12 s ago'],
    [3 * 3_600_000, '3 h ago'],
    [8 * 86_400_000, '2026-03-01'],
    [-5000, 'ahead'],
  ])('%i ms later: %s', (ms, expected) => expect(formatAgo(at(noon), noon.getTime() + ms)).toBe(expected));
  it('reads a zero time as not set', () => expect(formatAgo('0', noon.getTime())).toBe('not set'));
});
