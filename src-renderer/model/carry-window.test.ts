import { describe, expect, it } from 'vitest';
import { carryWindow } from './carry-window.ts';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace, type Trace } from '#proto/analysis/trace';

const traceOf = (drawing: string, startedAt: string): Trace => {
  const structure = drawTrace(drawing);
  return readTrace({ ...structure, summary: { ...structure.summary, startTimeUnixNano: startedAt } });
};
const before = traceOf('db SELECT 20-60', '1760000000020000000');

describe('carryWindow', () => {
  it('stays on the same moments when an earlier span arrives', () => {
    const after = traceOf('api GET / 0-120\n  db SELECT 20-60', '1760000000000000000');
    expect(carryWindow({ startNs: 10e6, endNs: 20e6 }, before, after)).toEqual({ startNs: 30e6, endNs: 40e6 });
  });
  it('goes on showing the whole trace', () => {
    const after = traceOf('db SELECT 20-60\ndb INSERT 70-90', '1760000000020000000');
    expect(carryWindow(before.bounds, before, after)).toEqual({ startNs: 0, endNs: 70e6 });
  });
});
