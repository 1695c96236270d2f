import { expect, it } from 'vitest';
import { drawnSpanId, drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { markLogs } from './log-marks.ts';

const trace = readTrace(
  drawTrace(`
api GET / 0-100
  api auth 10-30
  api load 40-90`),
);
const at = (ms: number): string => String(BigInt(trace.summary.startTimeUnixNano) + BigInt(ms) * 1_000_000n);

it('puts log records on their spans in order of time, and leaves out those without one', () => {
  const marks = markLogs(trace, [
    { contextSpanId: drawnSpanId(3), effectiveTimeUnixNano: at(60), severityNumber: 9 },
    { contextSpanId: drawnSpanId(1), effectiveTimeUnixNano: at(5), severityNumber: 17 },
    { contextSpanId: drawnSpanId(3), effectiveTimeUnixNano: at(50), severityNumber: 13 },
    { contextSpanId: '', effectiveTimeUnixNano: at(1), severityNumber: 9 },
    { contextSpanId: drawnSpanId(9), effectiveTimeUnixNano: at(2), severityNumber: 9 },
  ]);
  expect([...marks.first]).toEqual([0, 1, 1, 3]);
  expect([...marks.ns]).toEqual([5e6, 50e6, 60e6]);
  expect([...marks.isError]).toEqual([1, 0, 0]);
});
