import { describe, expect, it } from 'vitest';
import { crashAllowance } from './crash-allowance.ts';

describe('crashAllowance', () => {
  it('ends with one crash too many in the time, and not before', () => {
    const allow = crashAllowance(2, 1000);
    expect([0, 10, 20].map(allow)).toEqual([true, true, false]);
  });

  it('forgets crashes of long ago', () => {
    const allow = crashAllowance(1, 1000);
    expect([0, 1000, 2000].map(allow)).toEqual([true, true, true]);
  });
});
