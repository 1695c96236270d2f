import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { buildSpanTree } from './span-tree.ts';
import { readEvents } from './trace-events.ts';

const drawing = drawTrace(`
  api GET 0-100 events=1
    db LATER 50-60 events=2
      db BELOW 55-58
    db EARLIER 10-20 events=1
`);
const tree = buildSpanTree(drawing);

const read = (events: readonly (readonly [row: number, ns: number, isException: number])[]) =>
  readEvents(
    {
      ...drawing,
      eventSpan: Int32Array.from(events, ([row]) => row),
      eventOffsetNs: Float64Array.from(events, ([, ns]) => ns),
      eventIsException: Uint8Array.from(events, ([, , isException]) => isException),
    },
    tree,
  );

describe('readEvents', () => {
  it('puts events into tree order, earliest first within a span', () => {
    // Rows come in order of start: GET, EARLIER, LATER, BELOW. The tree has the same order, as EARLIER has no children.
    const { first, ns, isException, leftOut } = read([
      [2, 56e6, 1],
      [2, 52e6, 0],
      [0, 99e6, 0],
      [1, 15e6, 0],
    ]);
    expect([...first]).toEqual([0, 1, 2, 4, 4]);
    expect([...ns]).toEqual([99e6, 15e6, 52e6, 56e6]);
    expect([...isException]).toEqual([0, 0, 0, 1]);
    expect(leftOut).toBe(0);
  });

  it('says how many events have no place', () => {
    // Four were counted: one of GET, two of LATER, one of EARLIER.
    const { ns, leftOut } = read([[0, 1, 0]]);
    expect([...ns]).toEqual([1]);
    expect(leftOut).toBe(3);
  });
});
