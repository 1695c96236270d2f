import { describe, expect, it } from 'vitest';
import { eachCovered, eachStart, intervalsOf } from './intervals.ts';

const of = (...pairs: [number, number][]) =>
  intervalsOf(
    Float64Array.from(pairs, ([start]) => start),
    Float64Array.from(pairs, ([, end]) => end),
  );
const covered = (intervals: ReturnType<typeof of>, from: number, to: number, gap = 0.5): number[][] => {
  const pieces: number[][] = [];
  eachCovered(intervals, { startNs: from, endNs: to }, gap, (start, end) => pieces.push([start, end]));
  return pieces;
};
const starts = (intervals: ReturnType<typeof of>, from: number, to: number, step: number): number[][] => {
  const found: number[][] = [];
  eachStart(intervals, { startNs: from, endNs: to }, step, (...each) => found.push(each));
  return found;
};

describe('intervals', () => {
  it('come in order of start, turned round where they run backwards', () => {
    const { startNs, endNs, reachNs } = of([5, 9], [1, 2], [4, 3]);
    expect([[...startNs], [...endNs], [...reachNs]]).toEqual([
      [1, 3, 5],
      [2, 4, 9],
      [2, 4, 9],
    ]);
  });
  it('cover what lies in view, gaps that are too small to be seen closed', () => {
    const intervals = of([0, 10], [2, 3], [10.2, 11], [20, 21], [40, 50]);
    expect(covered(intervals, 0, 100)).toEqual([
      [0, 11],
      [20, 21],
      [40, 50],
    ]);
    expect(covered(intervals, 0, 100, 10)).toEqual([
      [0, 21],
      [40, 50],
    ]);
    expect(covered(intervals, 15, 30)).toEqual([[20, 21]]);
    expect(covered(of(), 0, 1)).toEqual([]);
  });
  it('begin, one for those that begin too close to be told apart', () => {
    const intervals = of([0, 10], [1, 3], [1.5, 2], [6, 7]);
    expect(starts(intervals, 0, 10, 1)).toEqual([
      [0, 10, 1],
      [1, 3, 2],
      [6, 7, 1],
    ]);
    expect(starts(intervals, 2, 10, 100)).toEqual([[6, 7, 1]]);
  });

  it('cover the same moments as all of them one by one', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 200; round++) {
      const pairs = Array.from({ length: random(20) }, (): [number, number] => {
        const start = random(60);
        return [start, start + random(12)];
      });
      const [from, to] = [random(30), 30 + random(40)];
      const pieces = covered(of(...pairs), from, to);
      for (let moment = from; moment < to; moment++) {
        const isCovered = pairs.some(([start, end]) => start <= moment && moment < end);
        expect(pieces.some(([start = 0, end = 0]) => start <= moment && moment < end)).toBe(isCovered);
      }
    }
  });
});
