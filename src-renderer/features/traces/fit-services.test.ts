import { describe, expect, it } from 'vitest';
import { fitServices } from './fit-services.ts';

const service = (name: string, spanCount = 1, errorCount = 0) => ({ name, spanCount, errorCount });
const names = (services: readonly { name: string }[]) => services.map(({ name }) => name);

describe('fitServices', () => {
  it('shows all where there is room', () => {
    const { shown, left } = fitServices([service('api', 3), service('db', 2)], 400);
    expect([names(shown), left]).toEqual([['api', 'db'], 0]);
  });
  it('shows at least one, however narrow', () => {
    const { shown, left } = fitServices([service('a'), service('b'), service('c')], 0);
    expect([shown.length, left]).toEqual([1, 2]);
  });
  it('puts services with errors first, then those with most spans', () => {
    expect(names(fitServices([service('quiet', 1), service('busy', 9), service('broken', 2, 1)], 1000).shown)).toEqual([
      'broken',
      'busy',
      'quiet',
    ]);
  });
  it('does not let a very long name push out the others', () => {
    expect(fitServices([service('x'.repeat(10_000), 9), service('api')], 300).shown.length).toBe(2);
  });
  it('shows nothing for no services', () => expect(fitServices([], 100)).toEqual({ shown: [], left: 0 }));
});
