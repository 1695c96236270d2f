import { describe, expect, it } from 'vitest';
import { SpanKind } from '../model/span.ts';
import { clockSkew, mostShiftNs } from './clock-skew.ts';
import { drawTrace } from './draw-trace.fixture.ts';
import { randomTrace } from './random-trace.fixture.ts';
import { readTrace } from './trace.ts';

const skewOf = (drawing: string) => {
  const { shiftNs, services } = clockSkew(readTrace(drawTrace(drawing)));
  return { shiftMs: [...shiftNs].map((ns) => ns / 1e6), sentences: services.map(({ sentence }) => sentence) };
};

describe('clockSkew', () => {
  it('moves nothing where children lie within their parents', () => {
    expect(
      skewOf(`
api GET / 0-100
  db SELECT 0-100`),
    ).toEqual({ shiftMs: [0, 0], sentences: [] });
  });

  it('centres a child that began before its parent, with all below it in its service', () => {
    expect(
      skewOf(`
api GET / 40-140
  db SELECT 20-60
    db parse 25-30
      cache get 76-77
    api callback 82-90`),
    ).toEqual({
      shiftMs: [0, 50, 50, 0, 0],
      sentences: [
        'The clock of db seems to be about 50 ms behind that of api: its span lies outside its parent',
        'The clock of cache seems to be about 49 ms ahead of that of db: its span lies outside its parent',
      ],
    });
  });

  it('pulls a longer child only to the start of its parent', () => {
    expect(
      skewOf(`
api GET / 20-60
  worker job 10-200`).shiftMs,
    ).toEqual([0, 10]);
    expect(
      skewOf(`
api GET / 20-60
  worker job 30-200`).shiftMs,
    ).toEqual([0, 0]);
  });

  it('leaves spans of one service as they are', () => {
    expect(
      skewOf(`
api GET / 20-60
  api prepare 0-10`).sentences,
    ).toEqual([]);
  });

  it('takes a caller that gave up for what it is', () => {
    const drawing = `
api GET / 0-50 error: timeout
  db SELECT 20-60`;
    expect(skewOf(drawing).sentences).toEqual([]);
    expect(skewOf(drawing.replace(' error: timeout', '')).sentences).toHaveLength(1);
  });

  it('takes a message for what it is', () => {
    const trace = readTrace(
      drawTrace(`
api publish 0-25
  worker process 40-50`),
    );
    expect(clockSkew(trace).shiftNs[1]).toBe(-32.5e6);
    trace.kind[1] = SpanKind.consumer;
    expect(clockSkew(trace)).toEqual({ shiftNs: new Float64Array(2), services: [] });
  });

  it('takes calls that nobody waited for for what they are, where most lie within their parents', () => {
    const drawing = `
api GET / 0-100
  api call 10-20
    db SELECT 25-30
  api call 30-40
    db SELECT 32-38
  api call 50-60
    db SELECT 52-58`;
    expect(skewOf(drawing)).toEqual({ shiftMs: [0, 0, 0, 0, 0, 0, 0], sentences: [] });
    expect(skewOf(drawing.replace('52-58', '62-68')).sentences).toHaveLength(1);
    expect(skewOf(drawing.replace('52-58', '42-48')).sentences).toHaveLength(1);
  });

  it('moves a span of a third service with the one that called it', () => {
    expect(
      skewOf(`
api GET / 100-200
  db SELECT 20-60
    cache get 30-40`).shiftMs,
    ).toEqual([0, 110, 115]);
  });

  it('says how many spans tell of it, and by how much in the middle', () => {
    expect(
      skewOf(`
api GET / 0-1000
  api call 100-200
    db SELECT 50-150
  api call 300-400
    db SELECT 200-300
  api call 500-600
    db SELECT 400-500
  api call 700-800
    db SELECT 710-790`).sentences,
    ).toEqual(['The clock of db seems to be about 100 ms behind that of api: 3 of 4 spans lie outside their parents']);
  });

  it('does not move a span by more than an hour', () => {
    const found = skewOf(`
api GET / 9000000-9000100
  db SELECT 0-50`);
    expect(found.shiftMs).toEqual([0, 0]);
    expect(found.sentences).toEqual([
      'The clock of db seems to be about 2 h 30 min behind that of api: its span lies outside its parent, too far apart to be adjusted',
    ]);
  });

  it('puts each moved span into its moved parent, and never moves one by more than is allowed', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const trace = readTrace(randomTrace(seed));
      const { shiftNs } = clockSkew(trace);
      for (let span = 0; span < trace.tree.size; span++) {
        const above = trace.tree.parent[span] ?? -1;
        const shift = shiftNs[span] ?? 0;
        expect(Math.abs(shift)).toBeLessThanOrEqual(mostShiftNs);
        if (above < 0) expect(shift).toBe(0);
        else if (trace.service.at(span) === trace.service.at(above)) expect(shift).toBe(shiftNs[above]);
        else if (shift !== 0) {
          const start = (trace.startNs[span] ?? 0) + shift;
          const aboveStart = (trace.startNs[above] ?? 0) + (shiftNs[above] ?? 0);
          const aboveEnd = aboveStart + Math.max(0, trace.durationNs[above] ?? 0);
          const end = start + Math.max(0, trace.durationNs[span] ?? 0);
          expect(start, `seed ${seed}`).toBeGreaterThanOrEqual(aboveStart);
          expect(end <= aboveEnd || start === aboveStart, `seed ${seed}`).toBe(true);
        }
      }
    }
  });
});
