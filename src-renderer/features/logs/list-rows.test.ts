import { describe, expect, it } from 'vitest';
import type { LogItem } from '#proto/bridge/shapes';
import { logItem } from './log-item.fixture.ts';
import { withDays } from './list-rows.ts';

const now = new Date(2026, 2, 3, 12).getTime();
const at = (...date: [number, number, number, number?]): LogItem =>
  logItem({ id: date.join('-'), effectiveTimeUnixNano: `${new Date(...date).getTime()}000000` });
const shown = (logs: LogItem[]): string[] => withDays(logs, now).map((row) => (row.kind === 'day' ? row.label : row.log.id));

describe('withDays', () => {
  it('needs no heading for today alone', () => {
    expect(shown([at(2026, 2, 3, 11), at(2026, 2, 3, 0)])).toEqual(['2026-2-3-11', '2026-2-3-0']);
    expect(shown([])).toEqual([]);
  });

  it('heads every other day', () => {
    expect(shown([at(2026, 2, 3, 1), at(2026, 2, 2, 23), at(2026, 2, 2, 1), at(2026, 1, 28, 5)])).toEqual([
      '2026-2-3-1',
      'Yesterday',
      '2026-2-2-23',
      '2026-2-2-1',
      'Saturday, 28 February 2026',
      '2026-1-28-5',
    ]);
  });

  it('heads today where the list comes from the past', () => {
    expect(shown([at(2026, 2, 2, 23), at(2026, 2, 3, 1)])).toEqual(['Yesterday', '2026-2-2-23', 'Today', '2026-2-3-1']);
  });

  it('survives times that no calendar holds', () => {
    const far = logItem({ id: 'far', effectiveTimeUnixNano: '18446744073709551615' });
    const epoch = logItem({ id: 'epoch', effectiveTimeUnixNano: '0' });
    expect(shown([far, epoch]).filter((row) => row === 'far' || row === 'epoch')).toEqual(['far', 'epoch']);
  });
});
