import { describe, expect, it } from 'vitest';
import { latencyStanding } from './latency-standing.ts';

const latency = (durations: number[], more = false) => ({
  count: durations.length,
  more,
  percentilesNs: Array.from(
    { length: 101 },
    (_, percent) => durations[Math.max(0, Math.ceil((durations.length * percent) / 100) - 1)] ?? 0,
  ),
});

const hundred = Array.from({ length: 100 }, (_, index) => (index + 1) * 1e6);

describe('latencyStanding', () => {
  it('says nothing of too few spans', () => {
    expect(latencyStanding(latency(hundred.slice(0, 19)), 5e6)).toBeUndefined();
    expect(latencyStanding({ count: 0, more: false, percentilesNs: [] }, 5)).toBeUndefined();
  });

  it('counts what was shorter', () => {
    expect(latencyStanding(latency(hundred), 51e6)).toBe('slower than 50 % of 100 spans of this operation');
    expect(latencyStanding(latency(hundred), 100e6)).toBe('slower than 99 % of 100 spans of this operation');
    expect(latencyStanding(latency(hundred), 500e6)).toBe('slower than 99 % of 100 spans of this operation');
    expect(latencyStanding(latency(hundred, true), 1.5e6)).toBe('slower than 1 % of the newest 100 spans of this operation');
  });

  it('says of the fastest that it is', () => {
    expect(latencyStanding(latency(hundred), 1e6)).toBe('none of 100 spans of this operation was faster');
    expect(latencyStanding(latency([1e6, ...Array.from({ length: 199 }, () => 2e6)]), 1.9e6)).toBe(
      'among the fastest 1 % of 200 spans of this operation',
    );
  });

  it('does not take what is alike, but for rounding, for shorter', () => {
    expect(latencyStanding(latency(Array.from({ length: 50 }, () => 999_000)), 1_000_000)).toBe(
      'none of 50 spans of this operation was faster',
    );
  });
});
