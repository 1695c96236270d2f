import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { readTrace } from './trace.ts';
import { traceProblems } from './trace-problems.ts';

const problemsOf = (drawing: string) => traceProblems(readTrace(drawTrace(drawing)));

const childOfEarlierStart = (service: string) => `
api GET / 5-10
  ${service} SELECT 1-2`;

describe('traceProblems', () => {
  it('has nothing to say of a sound trace', () => {
    expect(
      problemsOf(`
api GET / 0-10
  db SELECT 1-2`),
    ).toEqual([]);
  });

  it('tells of missing parents and a missing root', () => {
    expect(
      problemsOf(`
api GET / 0-10 orphan
db SELECT 1-2 orphan`),
    ).toEqual([
      { message: 'no root span yet', span: undefined },
      { message: '2 spans whose parent has not arrived', span: 0 },
    ]);
  });

  it('tells of several roots', () => {
    expect(
      problemsOf(`
api GET / 0-10
api GET /b 1-2`)[0]?.message,
    ).toBe('2 root spans');
  });

  it('tells of spans that end before they start', () => {
    expect(
      problemsOf(`
api GET / 0-10
  api back 8-5`),
    ).toEqual([{ message: '1 span ends before it starts', span: 1 }]);
  });

  it('tells of clocks that differ, but only between services', () => {
    expect(problemsOf(childOfEarlierStart('db'))).toEqual([
      { message: 'The clock of db seems to be about 6 ms behind that of api: its span lies outside its parent', span: 1 },
    ]);
    expect(problemsOf(childOfEarlierStart('api'))).toEqual([]);
  });

  it('tells where a cycle was broken and of a span that is its own parent', () => {
    const structure = drawTrace(`
api first 0-10
api second 1-2
api self 2-3`);
    const messages = traceProblems(readTrace({ ...structure, parent: Int32Array.of(1, 0, 2) })).map(({ message }) => message);
    expect(messages).toEqual(['no root span yet', 'cycle of parents, broken at first', 'self names itself as its parent']);
  });
});
