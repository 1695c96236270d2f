import { describe, expect, it } from 'vitest';
import type { TracePoint } from '#proto/bridge/trace-overview';
import { nsOfMs } from '../range/arrival-choice.ts';
import { barsOf, clockTicks, countScaleEnd, domainOf, durationScale, msOfPx, pxOfMs } from './chart-scale.ts';

const noon = new Date(2026, 2, 1, 12).getTime();
const bars = barsOf({ startTimeUnixNano: nsOfMs(noon), bucketNano: '500000000', traceCounts: [3, 0, 2], errorCounts: [1, 0, 0] });

const pointOf = (durationNano: string): TracePoint => ({
  traceId: '1'.repeat(32),
  rootName: 'GET /',
  rootService: 'api',
  receivedTimeUnixNano: nsOfMs(noon),
  durationNano,
  isError: false,
});

describe('domainOf', () => {
  it('is the range that is asked for, and otherwise as long as there are traces', () => {
    expect(bars[2]).toEqual({ startMs: noon + 1000, endMs: noon + 1500, traceCount: 2, errorCount: 0 });
    expect(domainOf({ from: nsOfMs(noon - 1000), to: nsOfMs(noon + 60_000) }, bars)).toEqual({
      startMs: noon - 1000,
      endMs: noon + 60_000,
    });
    expect(domainOf({ from: undefined, to: undefined }, bars)).toEqual({ startMs: noon - 8500, endMs: noon + 1500 });
    expect(domainOf({ from: nsOfMs(noon + 5), to: nsOfMs(noon + 5) }, []).endMs).toBeGreaterThan(noon + 5);
  });

  it('goes with the pixels, and no further', () => {
    const domain = { startMs: 100, endMs: 300 };
    expect([0, 250, 1000].map((px) => msOfPx(domain, 500, px))).toEqual([100, 200, 300]);
    expect(pxOfMs(domain, 500, 200)).toBe(250);
  });
});

describe('ticks', () => {
  it('are round moments of the clock, and days where a day begins', () => {
    const labels = (endMs: number): string[] => clockTicks({ startMs: noon, endMs }, 600).map(({ label }) => label);
    expect(labels(noon + 60_000)).toEqual(['12:00:15', '12:00:30', '12:00:45']);
    expect(labels(noon + 1000)).toContain('12:00:00.400');
    expect(labels(noon + 24 * 3_600_000)).toContain('2 Mar');
  });

  it('of durations are decades that hold all of them', () => {
    const scale = durationScale([pointOf('0'), pointOf('3000000'), pointOf('40000000000')], 0, 80);
    expect(scale.ticks.map(({ label }) => label)).toEqual(['1 µs', '100 µs', '10 ms', '1 s', '1 min 40 s']);
    expect([scale.pxOf('0'), scale.pxOf('100000000000')]).toEqual([80, 0]);
    expect(durationScale([pointOf('1000000')], 0, 80).ticks).toHaveLength(2);
    expect(durationScale([], 0, 80).ticks.length).toBeGreaterThan(0);
  });

  it('of counts end at a round number', () => expect([0, 1, 3, 10, 11, 60].map(countScaleEnd)).toEqual([1, 1, 5, 10, 20, 100]));
});
