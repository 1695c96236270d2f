import { describe, expect, it } from 'vitest';
import { drawnSpanId, drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { formedRuns } from './formed-runs.ts';
import { similarRuns } from './similar-runs.ts';

const queries = (count: number): string => Array.from({ length: count }, (_, index) => `  db SELECT ${index + 1}-${index + 2}`).join('\n');
const read = (drawing: string) => {
  const trace = readTrace(drawTrace(drawing));
  return { trace, runs: similarRuns(trace) };
};
const formed = (before: string, after: string): string[] => formedRuns(read(before), read(after));

describe('formedRuns', () => {
  it('is a run that four spans have become by a fifth', () =>
    expect(formed(`api GET / 0-90\n${queries(4)}`, `api GET / 0-90\n${queries(5)}`)).toEqual([drawnSpanId(2)]));
  it('is none that was one before, however it has grown', () =>
    expect(formed(`api GET / 0-90\n${queries(5)}`, `api GET / 0-90\n${queries(9)}`)).toEqual([]));
  it('is none that came in as a whole', () => expect(formed('api GET / 0-90', `api GET / 0-90\n${queries(6)}`)).toEqual([]));
});
