import { expect, it } from 'vitest';
import { clockSkew } from '#proto/analysis/clock-skew';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { adjustClocks, adjustLogs } from './adjust-clocks.ts';

it('moves spans, their events and their log records, and the bounds with them', () => {
  const trace = readTrace(
    drawTrace(`
api GET / 0-100
  worker job 200-240 events=1
    worker step 210-220`),
  );
  const { shiftNs } = clockSkew(trace);
  expect([...shiftNs]).toEqual([0, -170e6, -170e6]);
  const adjusted = adjustClocks(trace, shiftNs);
  expect([...adjusted.startNs]).toEqual([0, 30e6, 40e6]);
  expect([...adjusted.events.ns]).toEqual([30e6]);
  expect(adjusted.bounds).toEqual({ startNs: 0, endNs: 100e6 });
  const logs = { first: Int32Array.of(0, 1, 1, 2), ns: Float64Array.of(5e6, 215e6), isError: new Uint8Array(2) };
  expect([...adjustLogs(logs, trace.tree, shiftNs).ns]).toEqual([5e6, 45e6]);
  expect([...trace.startNs]).toEqual([0, 200e6, 210e6]);
});
