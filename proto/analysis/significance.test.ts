import { describe, expect, it } from 'vitest';
import { fisherExact, mannWhitney, significantUpTo } from './significance.ts';

describe('mannWhitney', () => {
  it('agrees with published values', () => {
    // The example of scipy.stats.mannwhitneyu, and one with ties that was worked out from the definition.
    expect(mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12])).toBeCloseTo(0.1113, 4);
    expect(mannWhitney([1, 2, 2, 3, 3, 3], [3, 4, 4, 5, 5, 9])).toBeCloseTo(0.008733, 5);
  });

  it('is symmetric, and 1 where nothing differs or nothing is there', () => {
    const [a, b] = [
      [1, 5, 7, 9],
      [2, 6, 8, 20],
    ];
    expect(mannWhitney(a, b)).toBe(mannWhitney(b, a));
    expect(mannWhitney([4, 4, 4], [4, 4, 4])).toBe(1);
    expect(mannWhitney([], [1, 2])).toBe(1);
  });

  it('is near the share of shuffles that lie as far apart', () => {
    const [a, b] = [
      [3, 8, 12, 14, 15, 21],
      [9, 16, 18, 22, 23, 30],
    ];
    const all = [...a, ...b];
    const u = (left: readonly number[], right: readonly number[]): number =>
      left.flatMap((x) => right.map((y) => (x > y ? 1 : x === y ? 0.5 : 0))).reduce<number>((sum, one) => sum + one, 0);
    const observed = Math.abs(u(a, b) - 18);
    let [far, total] = [0, 0];
    for (let chosen = 0; chosen < 2 ** all.length; chosen++) {
      const left = all.filter((_, index) => (chosen >> index) % 2 === 1);
      if (left.length !== a.length) continue;
      total += 1;
      if (
        Math.abs(
          u(
            left,
            all.filter((value) => !left.includes(value)),
          ) - 18,
        ) >= observed
      )
        far += 1;
    }
    expect(mannWhitney(a, b)).toBeGreaterThan(far / total - 0.002);
    expect(mannWhitney(a, b)).toBeLessThan(far / total + 0.015);
  });
});

describe('fisherExact', () => {
  it.each([
    // Fisher's lady who tastes tea, and others worked out from binomial coefficients in whole numbers.
    [3, 4, 1, 4, 0.4857],
    [0, 10, 10, 10, 1.0825e-5],
    [0, 2, 2, 2, 1 / 3],
    [5, 10, 5, 10, 1],
    [1, 20, 9, 18, 0.00254],
  ])('%i of %i and %i of %i: %d', (inA, sizeA, inB, sizeB, p) => expect(fisherExact(inA, sizeA, inB, sizeB)).toBeCloseTo(p, 4));
});

it('significantUpTo lets through what is surprising even among many', () => {
  expect(significantUpTo([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205], 0.05)).toBe(0.008);
  expect(significantUpTo([0.2, 0.5], 0.05)).toBe(-1);
  expect(significantUpTo([], 0.05)).toBe(-1);
});
