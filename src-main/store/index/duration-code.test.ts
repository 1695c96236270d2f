import { describe, expect, it } from 'vitest';
import { durationCode, durationCodeOf, durationCodeRange, durationsOf } from './duration-code.ts';
import { Random } from './random.fixture.ts';

const largest = 2n ** 64n - 1n;
const random = new Random(1);
const edges = [0n, 1n, 511n, 512n, 1023n, 1024n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 40n + 1n, 2n ** 63n, largest];
const times = [...edges, ...Array.from({ length: 2000 }, () => random.u64())];
const durations = times.flatMap((time) => [time, -time]).toSorted((left, right) => Number(left > right) - Number(left < right));

const halves = (time: bigint): [low: number, high: number] => [Number(time & 0xffff_ffffn), Number(time >> 32n)];

describe('durationCode', () => {
  it('is 16 bits that keep the order of durations, negative ones included', () => {
    const codes = durations.map(durationCodeOf);
    expect(codes.every((code) => code >= 0 && code <= 0xffff)).toBe(true);
    expect(codes).toEqual(codes.toSorted((left, right) => left - right));
    expect(durationCodeOf(0n)).toBe(32_768);
  });

  it('is the same from the halves of two times', () => {
    for (let turn = 0; turn < 5000; turn += 1) {
      const [start, end] = [random.pick(times), random.pick(times)];
      expect(durationCode(...halves(start), ...halves(end))).toBe(durationCodeOf(end - start));
    }
  });

  it('stands for durations next to each other, within 0.2 % of each other', () => {
    for (const duration of durations) {
      const { min, max } = durationsOf(durationCodeOf(duration));
      expect(min <= duration && duration <= max).toBe(true);
      expect(Number(max - min)).toBeLessThanOrEqual(Math.abs(Number(duration)) / 512);
      expect(durationCodeOf(max)).toBe(durationCodeOf(min));
      if (max < largest) expect(durationCodeOf(max + 1n)).toBe(durationCodeOf(max) + 1);
    }
  });
});

describe('durationCodeRange', () => {
  const compares = {
    '=': (left: bigint, right: bigint) => left === right,
    '<': (left: bigint, right: bigint) => left < right,
    '<=': (left: bigint, right: bigint) => left <= right,
    '>': (left: bigint, right: bigint) => left > right,
    '>=': (left: bigint, right: bigint) => left >= right,
  };

  it.each(Object.keys(compares) as (keyof typeof compares)[])('tells what surely is and what may be %s', (comparison) => {
    const wrong: string[] = [];
    const bounds = [...durations.filter((_, index) => index % 40 === 0), 2n ** 70n, -(2n ** 70n), largest, -largest];
    for (const bound of bounds) {
      const { mayFrom, mayTo, mustFrom, mustTo } = durationCodeRange(comparison, bound);
      const { min, max } = durationsOf(durationCodeOf(bound));
      for (const duration of [...durations.filter((_, index) => index % 7 === 0), bound, min, max, bound - 1n, bound + 1n]) {
        if (duration > largest || duration < -largest) continue;
        const code = durationCodeOf(duration);
        const met = compares[comparison](duration, bound);
        const isRight = met ? code >= mayFrom && code <= mayTo : code < mustFrom || code > mustTo;
        if (!isRight) wrong.push(`${duration} ${comparison} ${bound}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('leaves open only what has the code of the bound', () => {
    expect(durationCodeRange('>', 100n)).toEqual({ mayFrom: 32_869, mayTo: 65_535, mustFrom: 32_869, mustTo: 65_535 });
    const code = durationCodeOf(1_000_000_000n);
    expect(durationCodeRange('>=', 1_000_000_000n)).toEqual({ mayFrom: code, mayTo: 65_535, mustFrom: code + 1, mustTo: 65_535 });
    expect(durationCodeRange('<', 1_000_000_000n)).toEqual({ mayFrom: 0, mayTo: code, mustFrom: 0, mustTo: code - 1 });
  });
});
