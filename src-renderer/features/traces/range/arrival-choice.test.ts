import { describe, expect, it } from 'vitest';
import { choiceName, choiceOf, isAllTime, msOfNs, nsOfMs, windowAt } from './arrival-choice.ts';

describe('windowAt', () => {
  it('reaches from a span ago until after now, and holds still for a sixtieth of it', () => {
    const now = Date.UTC(2026, 2, 1, 12, 0, 1);
    const window = windowAt({ since: '5m' }, now);
    expect(window).toEqual({ from: nsOfMs(Date.UTC(2026, 2, 1, 11, 55, 5)), to: nsOfMs(Date.UTC(2026, 2, 1, 12, 0, 5)) });
    expect(windowAt({ since: '5m' }, now + 3_999)).toEqual(window);
    expect(windowAt({ since: '5m' }, now + 4_000)).not.toEqual(window);
  });

  it('keeps an exact range as it is, to the nanosecond', () => {
    expect(windowAt({ from: '1700000000000000001', to: '1700000000000000002' }, 0)).toEqual({
      from: '1700000000000000001',
      to: '1700000000000000002',
    });
    expect(choiceOf({ since: '5m', from: '5' })).toEqual({ from: '5', to: undefined });
    expect(windowAt({}, 0)).toEqual({ from: undefined, to: undefined });
  });
});

describe('choices', () => {
  it('have names', () => {
    expect(choiceName({})).toBe('All time');
    expect(choiceName({ since: '1h' })).toBe('Last hour');
    const from = nsOfMs(new Date(2018, 0, 2, 3, 4, 5).getTime());
    const to = nsOfMs(new Date(2018, 0, 2, 3, 5, 0, 250).getTime());
    expect(choiceName({ from, to })).toBe('2 Jan 2018 03:04:05 – 03:05:00.250');
    expect(choiceName({ to })).toBe('Until 2 Jan 2018 03:05:00.250');
    expect([isAllTime({}), isAllTime({ from })]).toEqual([true, false]);
  });

  it('keep microseconds', () => {
    expect(msOfNs('1700000000123456789')).toBe(1_700_000_000_123.456);
    expect(nsOfMs(1_700_000_000_123.456)).toBe('1700000000123456000');
  });
});
