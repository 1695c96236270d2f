import { describe, expect, it } from 'vitest';
import { drawnSpanId, drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace, type Trace } from '#proto/analysis/trace';
import { foldedRuns, mostOpenRuns, openRunsAt, similarRuns, toggleRun } from './similar-runs.ts';

const read = (drawing: string): Trace => readTrace(drawTrace(drawing));
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const listed = (trace: Trace) => {
  const runs = similarRuns(trace);
  return Array.from(runs.first, (first, run) => ({
    first,
    end: runs.end[run],
    count: runs.count[run],
    totalMs: (runs.totalNs[run] ?? 0) / 1e6,
  }));
};

const page = read(`
api GET / 0-1000
  api auth 1-10
${lines(6, (index) => `  db SELECT ${index * 10 + 20}-${index * 10 + 25}`)}
  db SELECT 90-95 error
${lines(5, (index) => `  api item ${index * 10 + 100}-${index * 10 + 108}\n    db GET ${index * 10 + 101}-${index * 10 + 102}\n    db PUT ${index * 10 + 103}-${index * 10 + 104}`)}
  api item 200-210
    db GET 201-202`);

describe('similarRuns', () => {
  it('finds siblings that look alike, with what is below them, as long as they follow each other', () => {
    expect(listed(page)).toEqual([
      { first: 2, end: 8, count: 6, totalMs: 30 },
      { first: 9, end: 24, count: 5, totalMs: 40 },
    ]);
    const { of } = similarRuns(page);
    expect([of[1], of[2], of[7], of[8], of[9], of[10], of[12], of[24]]).toEqual([-1, 0, 0, -1, 1, -1, 1, -1]);
  });
  it('finds runs of roots, and runs within runs', () => {
    const nested = read(
      lines(
        5,
        (root) =>
          `api job ${root * 100}-${root * 100 + 90}\n${lines(5, (step) => `  db step ${root * 100 + step}-${root * 100 + step + 1}`)}`,
      ),
    );
    expect(listed(nested).map(({ first, count }) => [first, count])).toEqual([0, 1, 7, 13, 19, 25].map((first) => [first, 5]));
  });
  it('leaves alone what is short, or differs in service, kind or shape', () => {
    expect(listed(read(`api GET / 0-100\n${lines(4, (index) => `  db SELECT ${index}-${index + 1}`)}`))).toEqual([]);
    expect(listed(read(`api GET / 0-100\n${lines(8, (index) => `  db${index % 2} SELECT ${index}-${index + 1}`)}`))).toEqual([]);
    const shapes = lines(
      8,
      (index) =>
        `  api a ${index * 10}-${index * 10 + 9}\n    api b ${index * 10}-${index * 10 + 5}\n    ${index % 2 ? '' : '  '}api c ${index * 10 + 1}-${index * 10 + 2}`,
    );
    expect(listed(read(`api GET / 0-100\n${shapes}`))).toEqual([]);
  });
  it('agrees with comparing every two neighbours as drawings', () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 60; round++) {
      let moment = 0;
      let depth = 0;
      const trace = read(
        lines(60, () => {
          depth = Math.min(depth + 1, Math.max(1, random(4)));
          moment += 1;
          return `${'  '.repeat(depth)}s ${random(8) === 0 ? 'b' : 'a'} ${moment}-${moment + 1}${random(20) === 0 ? ' error' : ''}`;
        }),
      );
      expect(
        listed(trace)
          .map(({ first, count }) => [first, count])
          .toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
      ).toEqual(runsOfDrawings(trace));
    }
  });
});

const runsOfDrawings = (trace: Trace): number[][] => {
  const { tree } = trace;
  const drawing = (span: number): string =>
    `${trace.name.at(span)}${trace.isError[span]}(${Array.from({ length: tree.size }, (_, child) => child)
      .filter((child) => tree.parent[child] === span)
      .map(drawing)
      .join()})`;
  const found: number[][] = [];
  for (let parent = -1; parent < tree.size; parent++) {
    const siblings = Array.from({ length: tree.size }, (_, span) => span).filter((span) => tree.parent[span] === parent);
    for (let begin = 0; begin < siblings.length;) {
      let end = begin;
      while (end < siblings.length && drawing(siblings[end] ?? 0) === drawing(siblings[begin] ?? 0)) end += 1;
      if (end - begin >= 5) found.push([siblings[begin] ?? 0, end - begin]);
      begin = end;
    }
  }
  return found.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
};

describe('folding of runs', () => {
  const runs = similarRuns(page);
  const folded = (folding: Parameters<typeof foldedRuns>[2]) => [...foldedRuns(page, runs, folding)];

  it('folds every run but those that are open', () => {
    expect(folded([])).toEqual([1, 1]);
    expect(folded(['00000000000000ff', drawnSpanId(4)])).toEqual([0, 1]);
    expect(folded('none')).toEqual([0, 0]);
  });
  it('opens a run and closes it again, whichever of its spans it was opened by', () => {
    const opened = toggleRun(page, runs, [], 0);
    expect(folded(opened)).toEqual([0, 1]);
    expect(toggleRun(page, runs, [page.spanId.at(5)], 0)).toEqual([]);
    expect(toggleRun(page, runs, 'none', 0)).toBe('none');
  });
  it('opens what hides a span, and everything where it would take too many', () => {
    expect(folded(openRunsAt(page, runs, [], 11))).toEqual([1, 0]);
    expect(openRunsAt(page, runs, [], 1)).toEqual([]);
    const many = Array.from({ length: mostOpenRuns }, (_, index) => drawnSpanId(1000 + index));
    expect(openRunsAt(page, runs, many, 3)).toBe('none');
  });
});
