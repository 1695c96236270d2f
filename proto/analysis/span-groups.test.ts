import { describe, expect, it } from 'vitest';
import { builtInDimension } from './dimension.ts';
import { drawTrace } from './draw-trace.fixture.ts';
import { randomTrace } from './random-trace.fixture.ts';
import { selfTimes } from './self-time.ts';
import { percentile, spanGroups } from './span-groups.ts';
import { readTrace, type Trace } from './trace.ts';

const allOf = (trace: Trace): Int32Array => Int32Array.from({ length: trace.tree.size }, (_, span) => span);

describe('spanGroups', () => {
  it('sums up by service, and does not count again what a service calls in itself', () => {
    const trace = readTrace(
      drawTrace(`
        api GET 0-100 error
          api render 10-40
            db SELECT 20-30
              api callback 22-24
          db SELECT 50-90 error
      `),
    );
    const dimension = builtInDimension(trace, 'service');
    const groups = spanGroups(trace, selfTimes(trace), dimension, allOf(trace)).map((group) => ({
      name: dimension.labels[group.code],
      count: group.count,
      errors: group.errors,
      totalMs: group.totalNs / 1e6,
      selfMs: group.selfNs / 1e6,
      averageMs: group.averageNs / 1e6,
      p50Ms: group.p50Ns / 1e6,
      p95Ms: group.p95Ns / 1e6,
      slowest: trace.name.at(group.slowest),
      share: group.share,
    }));
    expect(groups).toEqual([
      { name: 'api', count: 3, errors: 1, totalMs: 100, selfMs: 52, averageMs: 44, p50Ms: 30, p95Ms: 100, slowest: 'GET', share: 0.52 },
      { name: 'db', count: 2, errors: 1, totalMs: 50, selfMs: 48, averageMs: 25, p50Ms: 10, p95Ms: 40, slowest: 'SELECT', share: 0.48 },
    ]);
  });

  it('agrees with brute force over random traces and any part of their spans', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const trace = readTrace(randomTrace(seed, 40));
      const selfNs = selfTimes(trace);
      const dimension = builtInDimension(trace, 'service');
      const spans = allOf(trace).filter((span) => (span * 7 + seed) % 5 !== 0);
      const groups = spanGroups(trace, selfNs, dimension, spans);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(spans.length);
      for (const group of groups) {
        const own = [...spans].filter((span) => dimension.codes[span] === group.code);
        const durations = own.map((span) => Math.max(0, trace.durationNs[span] ?? 0)).toSorted((a, b) => a - b);
        const isInner = (span: number): boolean => own.some((other) => other < span && span < (trace.tree.end[other] ?? 0));
        const outer = own.filter((span) => !isInner(span));
        expect(group.count).toBe(own.length);
        expect(group.totalNs).toBe(outer.reduce((sum, span) => sum + Math.max(0, trace.durationNs[span] ?? 0), 0));
        expect(group.selfNs).toBeCloseTo(
          own.reduce((sum, span) => sum + (selfNs[span] ?? 0), 0),
          6,
        );
        expect(group.maxNs).toBe(durations.at(-1));
        expect(group.p95Ns).toBe(durations.find((_, index) => (index + 1) / durations.length >= 0.95));
        expect(group.p50Ns).toBe(durations.find((_, index) => (index + 1) / durations.length >= 0.5));
        expect(Math.max(0, trace.durationNs[group.slowest] ?? 0)).toBe(group.maxNs);
      }
    }
  });

  it('has a percentile of nothing', () => expect(percentile(new Float64Array(), 0.95)).toBe(0));
});
