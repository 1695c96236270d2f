import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { randomTrace } from './random-trace.fixture.ts';
import { selfTimes } from './self-time.ts';
import { readTrace, type Trace } from './trace.ts';

const selfMs = (drawing: string): number[] => [...selfTimes(readTrace(drawTrace(drawing)))].map((ns) => ns / 1e6);

describe('selfTimes', () => {
  it('takes the time of children away once, however many run', () => {
    expect(
      selfMs(`
api GET / 0-100
  db one 10-40
  db two 20-50
  db three 25-30
  db four 80-90`),
    ).toEqual([50, 30, 30, 5, 10]);
  });

  it('cuts children to their parent', () => {
    expect(
      selfMs(`
api GET / 50-100
  api early 40-60
  api late 90-200
  api elsewhere 300-400`),
    ).toEqual([30, 20, 110, 100]);
  });

  it('gives no time to a span that ends before it starts', () => {
    expect(
      selfMs(`
api back 50-40
  api child 40-60`),
    ).toEqual([0, 20]);
  });

  it('agrees with counting every nanosecond', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const trace = readTrace(randomTrace(seed));
      expect([...selfTimes(trace)], `seed ${seed}`).toEqual(countedSelfTimes(trace));
    }
  });
});

const countedSelfTimes = ({ tree, startNs, durationNs }: Trace): number[] => {
  const runs = (span: number, ns: number): boolean =>
    ns >= (startNs[span] ?? 0) && ns < (startNs[span] ?? 0) + Math.max(0, durationNs[span] ?? 0);
  const spans = Array.from({ length: tree.size }, (_, span) => span);
  const moments = Array.from({ length: 60 }, (_, ns) => ns);
  return spans.map((span) => {
    const children = spans.filter((child) => tree.parent[child] === span);
    return moments.filter((ns) => runs(span, ns) && !children.some((child) => runs(child, ns))).length;
  });
};
