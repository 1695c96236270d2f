import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { childFrames, type Flame, flameOf } from './flame.ts';
import { randomTrace } from './random-trace.fixture.ts';
import { selfTimes } from './self-time.ts';
import { readTrace, type Trace } from './trace.ts';

const flameFrom = (trace: Trace): Flame => flameOf(trace, selfTimes(trace));

const drawn = (drawing: string): { trace: Trace; flame: Flame } => {
  const trace = readTrace(drawTrace(drawing));
  return { trace, flame: flameFrom(trace) };
};

/** Name, spans, total and self in milliseconds, and edges in hundredths, row by row. */
const lines = ({ trace, flame }: { trace: Trace; flame: Flame }): string[] =>
  Array.from({ length: flame.size }, (_, frame) => {
    const ms = (column: Float64Array): number => (column[frame] ?? 0) / 1e6;
    const edge = (column: Float64Array): number => Math.round((column[frame] ?? 0) * 100);
    const name = `${' '.repeat(flame.depth[frame] ?? 0)}${trace.name.at(flame.slowest[frame] ?? 0)}`;
    return `${name} x${flame.count[frame]} ${ms(flame.totalNs)}/${ms(flame.selfNs)} ${edge(flame.left)}-${edge(flame.right)}`;
  });

/** Service and name of each span from its root down. */
const pathOf = (trace: Trace, span: number): string => {
  const steps: string[] = [];
  for (let at = span; at >= 0; at = trace.tree.parent[at] ?? -1) steps.unshift(JSON.stringify([trace.service.at(at), trace.name.at(at)]));
  return steps.join(' ');
};

describe('flameOf', () => {
  it('adds up what was called in the same way, the longest first', () =>
    expect(
      lines(
        drawn(`
          api GET 0-100
            db SELECT 10-20
            api render 20-60
              db SELECT 30-40
            db SELECT 60-80
        `),
      ),
    ).toEqual(['GET x1 100/30 0-100', ' render x1 40/30 0-40', ' SELECT x2 30/30 40-70', '  SELECT x1 10/10 0-10']));

  it('draws calls that ran side by side in the time that their caller waited', () => {
    const { trace, flame } = drawn(`
      api GET 0-100
        a one 0-80
        b two 0-80
    `);
    expect(lines({ trace, flame })).toEqual(['GET x1 100/20 0-100', ' one x1 80/80 0-40', ' two x1 80/80 40-80']);
    expect([...flame.scale]).toEqual([1, 0.5, 0.5]);
  });

  it('cuts what outlives its caller, and what it calls with it', () =>
    expect(
      lines(
        drawn(`
          api GET 0-100
            queue publish 80-280
              worker job 100-200
        `),
      ),
    ).toEqual(['GET x1 100/80 0-100', ' publish x1 200/100 0-20', '  job x1 100/100 0-10']));

  it('gives several roots their part, and spans of no time none', () =>
    expect(
      lines(
        drawn(`
          a quick 0-0
          b first 0-30
          b second 50-60
        `),
      ),
    ).toEqual(['first x1 30/30 0-75', 'second x1 10/10 75-100', 'quick x1 0/0 100-100']));

  it('holds a trace that took no time at all', () => {
    const { flame } = drawn('a only 5-5');
    expect([flame.size, flame.wholeNs, flame.left[0], flame.right[0]]).toEqual([1, 0, 0, 0]);
  });

  it('agrees with a reading of paths as texts, and never spills over, on random traces', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const trace = readTrace(randomTrace(seed, 40));
      const flame = flameFrom(trace);
      const selfNs = selfTimes(trace);
      const byPath = new Map<string, number[]>();
      for (let span = 0; span < trace.tree.size; span++)
        byPath.set(pathOf(trace, span), [...(byPath.get(pathOf(trace, span)) ?? []), span]);
      expect(flame.size).toBe(byPath.size);
      for (const spans of byPath.values()) {
        const frame = flame.frameOf[spans[0] ?? 0] ?? -1;
        const sum = (of: (span: number) => number): number => spans.reduce((total, span) => total + of(span), 0);
        expect(spans.map((span) => flame.frameOf[span])).toEqual(spans.map(() => frame));
        expect(flame.count[frame]).toBe(spans.length);
        expect(flame.totalNs[frame]).toBe(sum((span) => Math.max(0, trace.durationNs[span] ?? 0)));
        expect(flame.selfNs[frame]).toBeCloseTo(
          sum((span) => selfNs[span] ?? 0),
          6,
        );
        expect(flame.errors[frame]).toBe(sum((span) => trace.isError[span] ?? 0));
      }
      checkLayout(flame);
    }
  });

  it('stands a chain of 10,000 calls', () => {
    const rows = 10_000;
    const columns = { ...randomTrace(1, 1) };
    const column = (of: (row: number) => number): Float64Array => Float64Array.from({ length: rows }, (_, row) => of(row));
    const zeros = new Uint32Array(rows);
    const trace = readTrace({
      ...columns,
      spanIds: new Uint8Array(rows * 8).map((_, at) => (at % 8 === 7 ? (at >> 3) & 255 : at % 8 === 6 ? (at >> 11) & 255 : 1)),
      parent: Int32Array.from({ length: rows }, (_, row) => row - 1),
      offsetNs: column((row) => row),
      durationNs: column((row) => 3 * rows - 2 * row),
      name: zeros,
      service: zeros,
      kind: new Int32Array(rows),
      statusCode: new Int32Array(rows),
      statusMessage: zeros,
      eventCount: zeros,
      logCount: zeros,
    });
    const flame = flameFrom(trace);
    expect(flame.size).toBe(rows);
    expect(flame.rowStart.length).toBe(rows + 1);
  });
});

/** Frames of a row stand beside each other in the order of what called them, each inside of its caller. */
const checkLayout = (flame: Flame): void => {
  const slack = 1e-9;
  for (let frame = 0; frame < flame.size; frame++) {
    const above = flame.parent[frame] ?? -1;
    const left = flame.left[frame] ?? 0;
    const right = flame.right[frame] ?? 0;
    expect(right).toBeGreaterThanOrEqual(left);
    if (above >= 0) {
      expect(left).toBeGreaterThanOrEqual((flame.left[above] ?? 0) - slack);
      expect(right).toBeLessThanOrEqual((flame.right[above] ?? 0) + slack);
      const { from, to } = childFrames(flame, above);
      expect(frame >= from && frame < to).toBe(true);
    }
    if (frame > 0 && flame.depth[frame - 1] === flame.depth[frame])
      expect(left).toBeGreaterThanOrEqual((flame.right[frame - 1] ?? 0) - slack);
    // What is left beside the calls is the frame's own time.
    const { from, to } = childFrames(flame, frame);
    const calledWidth = to > from ? (flame.right[to - 1] ?? 0) - (flame.left[from] ?? 0) : 0;
    const own = ((flame.selfNs[frame] ?? 0) * (flame.scale[frame] ?? 0)) / Math.max(1, flame.wholeNs);
    if (to > from && (flame.totalNs[from] ?? 0) > 0) expect(right - left - calledWidth).toBeCloseTo(own, 6);
  }
};
