import { describe, expect, it } from 'vitest';
import { drawnSpanId, drawTrace } from './draw-trace.fixture.ts';
import { errorsBelow, readTrace } from './trace.ts';

describe('readTrace', () => {
  const trace = readTrace(
    drawTrace(`
api GET / 100-220
  db late 150-180 error: gone
  db early 110-120 events=2 logs=3
    db inner 111-112 error`),
  );

  it('puts every column in tree order', () => {
    const spans = [0, 1, 2, 3];
    expect(spans.map((span) => trace.name.at(span))).toEqual(['GET /', 'early', 'inner', 'late']);
    expect(spans.map((span) => trace.service.at(span))).toEqual(['api', 'db', 'db', 'db']);
    expect(spans.map((span) => trace.spanId.at(span))).toEqual([1, 3, 4, 2].map(drawnSpanId));
    expect([...trace.startNs]).toEqual([0, 10e6, 11e6, 50e6]);
    expect([...trace.durationNs]).toEqual([120e6, 10e6, 1e6, 30e6]);
    expect([...trace.isError]).toEqual([0, 0, 1, 1]);
    expect([trace.eventCount[1], trace.logCount[1]]).toEqual([2, 3]);
    expect([trace.statusMessage.at(3), trace.statusMessage.at(4)]).toEqual(['gone', '']);
    expect(trace.spanId.indexOf(drawnSpanId(2))).toBe(3);
  });

  it('counts failures below a span', () => {
    expect([0, 1, 2, 3].map((span) => errorsBelow(trace, span))).toEqual([2, 1, 0, 0]);
  });

  it('reaches from the earliest start to the latest end, backwards spans included', () => {
    expect(trace.bounds).toEqual({ startNs: 0, endNs: 120e6 });
    expect(readTrace(drawTrace('api back 10-4')).bounds).toEqual({ startNs: -6e6, endNs: 0 });
  });

  it('gives a trace of one instant a microsecond', () => {
    expect(readTrace(drawTrace('api tick 5-5')).bounds).toEqual({ startNs: 0, endNs: 1000 });
  });
});
