import { describe, expect, it } from 'vitest';
import { SpanKind } from '../model/span.ts';
import { criticalPath } from './critical-path.ts';
import { drawTrace } from './draw-trace.fixture.ts';
import { randomTrace } from './random-trace.fixture.ts';
import { readTrace, type Trace } from './trace.ts';

const segments = (trace: Trace): [string, number, number][] => {
  const { span, startNs, endNs } = criticalPath(trace);
  return Array.from(span, (place, index) => [trace.name.at(place), (startNs[index] ?? 0) / 1e6, (endNs[index] ?? 0) / 1e6]);
};

const pathOf = (drawing: string): string => {
  const trace = readTrace(drawTrace(drawing));
  return segments(trace)
    .map(([name, start, end]) => `${name} ${start}-${end}`)
    .join(', ');
};

describe('criticalPath, by hand', () => {
  it('is the span where there is one', () => expect(pathOf('a A 0-10')).toBe('A 0-10'));

  it('goes back from child to child, with what lies between as the parent’s own', () => {
    expect(
      pathOf(`
a A 0-100
  a B 10-30
  a C 40-90
    a D 50-60`),
    ).toBe('A 0-10, B 10-30, A 30-40, C 40-50, D 50-60, C 60-90, A 90-100');
  });

  it('does not wait for a child that still ran when the later one began', () => {
    expect(
      pathOf(`
a A 0-100
  a B 10-60
  a C 50-90
  a D 20-40`),
    ).toBe('A 0-20, D 20-40, A 40-50, C 50-90, A 90-100');
  });

  it('takes children back to back, from zero on', () => {
    expect(
      pathOf(`
a A 0-30
  a B 0-10
  a C 10-20
  a D 20-30`),
    ).toBe('B 0-10, C 10-20, D 20-30');
  });

  it('cuts a child that outlives its parent, and what is below it', () => {
    expect(
      pathOf(`
a A 0-50
  a B 20-80
    a C 30-70
    a D 60-75
worker job 0-80`),
    ).toBe('job 0-80');
    expect(
      pathOf(`
a A 0-50
  a B 20-80
    a C 30-70
    a D 60-75`),
    ).toBe('A 0-20, B 20-30, C 30-50');
  });

  it('cuts a child that begins before its parent, and leaves one out that lies elsewhere', () => {
    expect(
      pathOf(`
a root 0-100
  a A 10-50
    b B 5-30
    b elsewhere 60-70
      b below 20-40`),
    ).toBe('root 0-10, B 10-30, A 30-50, root 50-100');
  });

  it('follows a child that reaches over its parent on both sides, as far as the parent goes', () => {
    expect(
      pathOf(`
a A 10-30
  a B 5-35`),
    ).toBe('B 5-25');
  });

  it('leaves a child out that only touches its parent', () => {
    expect(
      pathOf(`
a A 10-50
  a before 0-10
  a after 50-60`),
    ).toBe('A 10-50');
  });

  it('does not wait for the consumer of a message', () => {
    const trace = readTrace(
      drawTrace(`
a GET 0-100
  a publish 10-60
    b consume 20-55
      b work 25-50`),
    );
    trace.kind.set([SpanKind.server, SpanKind.producer, SpanKind.consumer, SpanKind.internal]);
    expect(segments(trace).map(([name]) => name)).toEqual(['GET', 'publish', 'GET']);
    trace.kind[1] = SpanKind.internal;
    expect(segments(trace).map(([name]) => name)).toEqual(['GET', 'publish', 'consume', 'work', 'consume', 'publish', 'GET']);
  });

  it('follows the longer of two children that end together', () => {
    expect(
      pathOf(`
a A 0-100
  a B 10-90
  a C 50-90`),
    ).toBe('A 0-10, B 10-90, A 90-100');
  });

  it('gives no time to spans that take none', () => {
    expect(
      pathOf(`
a A 0-10
  a tick 5-5
    a below 4-6
  a back 8-2`),
    ).toBe('A 0-10');
    expect(pathOf('a tick 5-5')).toBe('');
    expect(pathOf('a back 8-2')).toBe('');
  });

  it('goes from top span to top span, with a gap where none runs', () => {
    expect(
      pathOf(`
a first 0-40
b inside 10-30
b second 30-60 orphan
c third 80-90
  c child 82-90`),
    ).toBe('first 0-30, second 30-60, third 80-82, child 82-90');
  });
});

describe('criticalPath, in general', () => {
  it('agrees with the definition read aloud, on random traces', () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const trace = readTrace(randomTrace(seed));
      const { span, startNs, endNs } = criticalPath(trace);
      const found = Array.from(span, (place, index) => [place, startNs[index] ?? 0, endNs[index] ?? 0]);
      expect(found, `seed ${seed}`).toEqual(definedPath(trace));
    }
  });

  it('covers each moment at which a top span runs exactly once, in order, each within its span', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const trace = readTrace(randomTrace(seed, 60));
      const { span, startNs, endNs } = criticalPath(trace);
      for (let index = 0; index < span.length; index++) {
        const place = span[index] ?? 0;
        expect(startNs[index]).toBeLessThan(endNs[index] ?? 0);
        expect(startNs[index]).toBeGreaterThanOrEqual(Math.max(endNs[index - 1] ?? 0, trace.startNs[place] ?? 0));
        expect(endNs[index]).toBeLessThanOrEqual((trace.startNs[place] ?? 0) + (trace.durationNs[place] ?? 0));
      }
      const covered = startNs.reduce((sum, start, index) => sum + (endNs[index] ?? 0) - start, 0);
      const tops = Array.from({ length: trace.tree.size }, (_, place) => place).filter((place) => trace.tree.depth[place] === 0);
      const running = Array.from({ length: 100 }, (_, ns) => tops.some((top) => runs(trace, top, ns))).filter(Boolean).length;
      expect(covered, `seed ${seed}`).toBe(running);
    }
  });

  it('walks a chain of 100,000 without a stack, and 100,000 siblings', () => {
    const chain = Array.from({ length: 100_000 }, (_, row) => ({ parent: row - 1, start: row, duration: 300_000 - 2 * row }));
    const siblings = Array.from({ length: 100_000 }, (_, row) => ({
      parent: row === 0 ? -1 : 0,
      start: row,
      duration: row === 0 ? 300_000 : ((row * 7919) % 1000) + 1,
    }));
    for (const spans of [chain, siblings]) {
      const trace = readTrace({
        ...randomTrace(1),
        parent: Int32Array.from(spans, ({ parent }) => parent),
        offsetNs: Float64Array.from(spans, ({ start }) => start),
        durationNs: Float64Array.from(spans, ({ duration }) => duration),
        spanIds: new Uint8Array(800_000),
        kind: new Int32Array(100_000),
      });
      const { startNs, endNs } = criticalPath(trace);
      expect(startNs.reduce((sum, start, index) => sum + (endNs[index] ?? 0) - start, 0)).toBe(300_000);
    }
  });
});

const runs = ({ startNs, durationNs }: Trace, span: number, ns: number): boolean =>
  ns >= (startNs[span] ?? 0) && ns < (startNs[span] ?? 0) + Math.max(0, durationNs[span] ?? 0);

type Segment = [span: number, startNs: number, endNs: number];

/** `criticalPath` as its comment says it, with recursion, and looking at all children at each step. */
const definedPath = (trace: Trace): Segment[] => {
  const { tree, startNs, durationNs, kind } = trace;
  const spans = Array.from({ length: tree.size }, (_, span) => span);
  const start = (span: number): number => startNs[span] ?? 0;
  const end = (span: number): number => start(span) + Math.max(0, durationNs[span] ?? 0);
  const within = (span: number, from: number, to: number): Segment[] => {
    const children = spans
      .filter((child) => tree.parent[child] === span && !(kind[child] === SpanKind.consumer && kind[span] === SpanKind.producer))
      .map((child): Segment => [child, Math.max(from, start(child)), Math.min(to, end(child))])
      .filter(([, childFrom, childTo]) => childFrom < childTo);
    const path: Segment[] = [];
    let moment = to;
    for (;;) {
      const now = moment;
      const [child] = children.filter(([, , childTo]) => childTo <= now).toSorted((a, b) => b[2] - a[2] || a[0] - b[0]);
      path.unshift([span, child?.[2] ?? from, now]);
      if (child === undefined) return path.filter(([, a, b]) => a < b);
      path.unshift(...within(...child));
      moment = child[1];
    }
  };
  const tops = spans.filter((span) => tree.depth[span] === 0 && start(span) < end(span));
  const path: Segment[] = [];
  let moment = Math.max(0, ...tops.map(end));
  for (;;) {
    const now = moment;
    const before = tops.filter((top) => start(top) < now);
    if (before.length === 0) return path;
    const running = before.filter((top) => end(top) >= now);
    const [first] = running;
    if (first === undefined) {
      moment = Math.max(...before.map(end));
      continue;
    }
    path.unshift(...within(first, start(first), now));
    moment = start(first);
  }
};
