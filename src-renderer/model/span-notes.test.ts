import { describe, expect, it } from 'vitest';
import { clockSkew } from '#proto/analysis/clock-skew';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { spanNotes } from './span-notes.ts';

const trace = readTrace(
  drawTrace(`
api GET / 0-100
  worker job 200-240
    worker step 215-210
late GET 300-310 orphan`),
);
const { shiftNs } = clockSkew(trace);
const words = (span: number, isAdjusted = false) => spanNotes(trace, span, { shiftNs, isAdjusted }).map((note) => note.words);

describe('spanNotes', () => {
  it('says nothing of a span as it should be', () => expect(words(0)).toEqual([]));
  it('says at the first span of a service that its clock is off', () => expect(words(1)).toEqual(['clock 170 ms ahead']));
  it('says by how much it was moved', () => expect(words(1, true)).toEqual(['moved 170 ms']));
  it('says that a span runs backwards, and that a parent is missing', () =>
    expect([words(2), words(3)]).toEqual([['ends before it starts'], ['no parent yet']]));
});
