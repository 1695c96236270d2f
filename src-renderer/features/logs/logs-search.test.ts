import { describe, expect, it } from 'vitest';
import { LogsSearch } from './logs-search.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';

describe('LogsSearch', () => {
  it('reads a whole address', () => {
    const search = { q: 'service:api', trace, span: 'b7ad6b7169203331', severity: 'WARN', order: 'oldest', log: '12' };
    expect(LogsSearch.parse(search)).toEqual(search);
  });

  it('ignores what it cannot read', () => {
    const plain = { q: '' };
    expect(LogsSearch.parse({})).toEqual(plain);
    expect(
      LogsSearch.parse({ q: 'x'.repeat(5000), trace: '0'.repeat(32), span: '<img>', severity: 'LOUD', order: 7, log: '../1', other: 1 }),
    ).toEqual(plain);
  });

  it('takes ids in capitals', () => {
    expect(LogsSearch.parse({ trace: trace.toUpperCase() }).trace).toBe(trace);
  });
});
