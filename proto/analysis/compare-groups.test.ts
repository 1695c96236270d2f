import { describe, expect, it } from 'vitest';
import { compareGroups, type OperationSpans, type TraceGroup } from './compare-groups.ts';
import { sentenceText } from './comparison-sentence.ts';
import { groupSentence } from './group-sentence.ts';

const ms = 1e6;

/** Spans of one operation: what each of its traces spent in it, in milliseconds. */
const operation = (name: string, byTrace: readonly (readonly number[])[], failedTraces = 0): OperationSpans => ({
  service: 'api',
  name,
  kind: 2,
  durationsNs: Float64Array.from(byTrace.flat(), (duration) => duration * ms),
  isError: Uint8Array.from(byTrace.flatMap((spans, trace) => spans.map(() => (trace < failedTraces ? 1 : 0)))),
  trace: Float64Array.from(byTrace.flatMap((spans, trace) => spans.map(() => trace))),
});

const group = (traceCount: number, ...operations: OperationSpans[]): TraceGroup => ({ traceCount, operations });

/** About `around` in each of `traces`, never twice the same. */
const near = (around: number, traces: number, spread = 0.1): number[][] =>
  Array.from({ length: traces }, (_, trace) => [around * (1 + spread * Math.sin(trace * 12.9898))]);

const verdicts = (a: TraceGroup, b: TraceGroup): string[] =>
  compareGroups(a, b).map(({ name, latency, errors }) => `${name}: ${latency}${errors === 'none' ? '' : `, ${errors} errors`}`);

describe('compareGroups', () => {
  it('says what appeared, vanished, slowed and sped up, biggest first', () => {
    const a = group(
      12,
      operation('old', near(5, 12)),
      operation('steady', near(20, 12)),
      operation('query', near(10, 12)),
      operation('cache', near(8, 12)),
    );
    const b = group(
      12,
      operation('steady', near(20, 12)),
      operation('new', near(2, 12)),
      operation('query', near(40, 12)),
      operation('cache', near(4, 12)),
    );
    expect(verdicts(a, b)).toEqual(['query: slower', 'old: vanished', 'cache: faster', 'new: appeared', 'steady: none']);
    const [query] = compareGroups(a, b);
    expect(query).toMatchObject({ a: { traceCount: 12, spanCount: 12, errorCount: 0, p95Ns: undefined }, b: { spanCount: 12 } });
    expect(query?.a.p50Ns).toBeCloseTo(10 * ms, -6);
    expect(sentenceText(groupSentence(a, b, compareGroups(a, b)))).toMatch(
      /^`query` became slower: [\d.]+ ms at the median before, [\d.]+ ms after\. In all: 1 appeared, 1 vanished, 1 slower, 1 faster\.$/,
    );
  });

  it('calls nothing a change that few traces show', () => {
    const a = group(3, operation('query', near(10, 3)));
    const b = group(3, operation('query', near(40, 3)), operation('new', near(2, 3)));
    expect(verdicts(a, b)).toEqual(['query: unclear', 'new: unclear']);
    expect(sentenceText(groupSentence(a, b, compareGroups(a, b)))).toBe(
      'No operation changed by more than chance would make it. 2 of 2 operations ran in too few traces to tell.',
    );
  });

  it('takes a thousand spans of one trace for one trace', () => {
    const a = group(2, operation('query', [Array.from({ length: 1000 }, () => 10), [10]]));
    const b = group(2, operation('query', [Array.from({ length: 1000 }, () => 40), [40]]));
    expect(verdicts(a, b)).toEqual(['query: unclear']);
    expect(compareGroups(a, b)[0]).toMatchObject({ a: { traceCount: 2, spanCount: 1001, p95Ns: 10 * ms, p99Ns: 10 * ms } });
  });

  it('notices an operation that runs more often in a trace', () => {
    const runs = (times: number, traces: number): number[][] =>
      near(5, traces).map(([one = 0]) => Array.from({ length: times }, () => one));
    const [a, b] = [group(9, operation('query', runs(1, 9))), group(9, operation('query', runs(20, 9)))];
    expect(compareGroups(a, b)).toMatchObject([{ latency: 'none', errors: 'none', runs: 'more' }]);
    expect(sentenceText(groupSentence(a, b, compareGroups(a, b)))).toBe(
      '`query` runs more often: once a trace before, 20 times after. In all: 1 running more often.',
    );
  });

  it('does not call a certain difference of a few per cent a change', () => {
    expect(verdicts(group(400, operation('query', near(10, 400, 0.01))), group(400, operation('query', near(10.3, 400, 0.01))))).toEqual([
      'query: none',
    ]);
  });

  it('notices failures', () => {
    const a = group(20, operation('pay', near(10, 20)));
    const b = group(20, operation('pay', near(10, 20), 10));
    expect(verdicts(a, b)).toEqual(['pay: none, more errors']);
    expect(sentenceText(groupSentence(a, b, compareGroups(a, b)))).toBe(
      '`pay` fails more often: 0 % of 20 spans before, 50 % of 20 spans after. In all: 1 failing more often.',
    );
  });

  it('finds next to nothing in noise, however many operations there are', () => {
    let state = 3;
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const noise = (): OperationSpans[] =>
      Array.from({ length: 300 }, (_, index) =>
        operation(
          `operation ${index}`,
          Array.from({ length: 30 }, () => [Math.exp(3 * random())]),
        ),
      );
    const changed = compareGroups(group(30, ...noise()), group(30, ...noise())).filter(({ latency }) => latency !== 'none');
    expect(changed.length).toBeLessThan(4);
  });

  it('counts spans by duration on a logarithmic scale', () => {
    const [only] = compareGroups(group(1, operation('x', [[1, 10, 100]])), group(1, operation('x', [[100, 1000, 0]])));
    expect(only?.histogram).toMatchObject({ fromNs: 1, toNs: 1000 * ms });
    expect(only?.histogram.a.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect([only?.histogram.b[0], only?.histogram.b.at(-1)]).toEqual([1, 1]);
  });

  it('says where there is nothing to compare', () => {
    const some = group(1, operation('x', [[1]]));
    expect(sentenceText(groupSentence(group(0), some, compareGroups(group(0), some)))).toBe(
      'Group A has no trace: there is nothing to compare.',
    );
  });
});
