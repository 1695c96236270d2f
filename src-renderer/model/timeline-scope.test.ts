import { expect, it } from 'vitest';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { ancestorsOf, isInScope, scopeOf } from './timeline-scope.ts';

const trace = readTrace(
  drawTrace(`
api GET / 0-120
  api load 20-100
    db SELECT 10-150
  api auth 101-110`),
);

it('is the whole trace, or a span with all below it and the time that they take', () => {
  expect(scopeOf(trace, undefined)).toEqual({ root: undefined, first: 0, end: 4, depth: 0, bounds: trace.bounds });
  const scope = scopeOf(trace, 1);
  expect(scope).toEqual({ root: 1, first: 1, end: 3, depth: 1, bounds: { startNs: 10e6, endNs: 150e6 } });
  expect([0, 1, 2, 3].map((span) => isInScope(scope, span))).toEqual([false, true, true, false]);
});
it('knows the way down to a span', () => expect([ancestorsOf(trace, 2), ancestorsOf(trace, 0)]).toEqual([[0, 1], []]));
