import { describe, expect, it } from 'vitest';
import { collapsedSpans, mostToggled, nothingCollapsed, reveal, toggle } from './collapse.ts';
import { drawnSpanId as id, drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';

const trace = readTrace(
  drawTrace(`
api GET / 0-120
  api auth 1-10
    db SELECT 2-5
  api load 20-100
    db SELECT 21-50`),
);

describe('collapsedSpans', () => {
  it('collapses nothing at first', () => expect([...collapsedSpans(trace, nothingCollapsed)]).toEqual([0, 0, 0, 0, 0]));
  it('collapses from a depth on, but never a span without children', () => {
    expect([...collapsedSpans(trace, { fromDepth: 1, toggled: [] })]).toEqual([0, 1, 0, 1, 0]);
  });
  it('turns the rule round for exceptions', () => {
    expect([...collapsedSpans(trace, { fromDepth: 1, toggled: [id(4), id(1)] })]).toEqual([1, 1, 0, 0, 0]);
  });
  it('passes over ids that are not in the trace', () => {
    expect([...collapsedSpans(trace, { fromDepth: undefined, toggled: ['nothing', id(3)] })]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('toggle', () => {
  it('goes there and back', () => {
    const once = toggle(nothingCollapsed, id(1));
    expect(once.toggled).toEqual([id(1)]);
    expect(toggle(once, id(1))).toEqual(nothingCollapsed);
  });
  it('forgets the oldest exception when there are too many', () => {
    let collapse = nothingCollapsed;
    for (let line = 0; line <= mostToggled; line++) collapse = toggle(collapse, id(line));
    expect(collapse.toggled).toHaveLength(mostToggled);
    expect(collapse.toggled[0]).toBe(id(1));
  });
});

describe('reveal', () => {
  it('unfolds the ancestors of a span and nothing else', () => {
    const revealed = reveal(trace, { fromDepth: 0, toggled: [] }, 2);
    expect([...collapsedSpans(trace, revealed)]).toEqual([0, 0, 0, 1, 0]);
  });
  it('leaves a visible span alone', () => {
    const collapse = { fromDepth: 1, toggled: [] };
    expect(reveal(trace, collapse, 1)).toEqual(collapse);
  });
  it('unfolds everything where the way is too long for a URL', () => {
    const chain = Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}api call 0-1`).join('\n');
    const deep = readTrace(drawTrace(chain));
    expect(reveal(deep, { fromDepth: 0, toggled: [] }, 499)).toEqual(nothingCollapsed);
  });
});
