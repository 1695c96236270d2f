import { describe, expect, it } from 'vitest';
import type { TraceColumns } from '../bridge/trace-columns.ts';
import { compareTraces, operationAt, presenceAt, type TraceComparison } from './compare-traces.ts';
import { comparisonSentence, sentenceText } from './comparison-sentence.ts';
import { drawTrace, spanIdBytes } from './draw-trace.fixture.ts';
import { traceChanges } from './trace-changes.ts';
import { readTrace } from './trace.ts';

const compare = (a: string, b: string): TraceComparison => compareTraces(readTrace(drawTrace(a)), readTrace(drawTrace(b)));

const sentence = (comparison: TraceComparison): string => sentenceText(comparisonSentence(comparison, traceChanges(comparison)));

/** One line a node: sign, depth, name, counts. */
const drawn = (comparison: TraceComparison): string[] =>
  Array.from({ length: comparison.tree.size }, (_, node) => {
    const sign = { both: '=', a: '-', b: '+' }[presenceAt(comparison, node)];
    const counts = `${comparison.a.count[node]}:${comparison.b.count[node]}`;
    return `${sign}${'  '.repeat(comparison.tree.depth[node] ?? 0)} ${operationAt(comparison, node).name} ${counts}`;
  });

const changed = (comparison: TraceComparison): string[] =>
  traceChanges(comparison).map(
    ({ node, presence, selfChangeNs }) => `${presence} ${operationAt(comparison, node).name} ${selfChangeNs / 1e6}`,
  );

const order = `
api GET /cart 0-100
  api auth 0-10
  db SELECT cart 10-50
  api render 60-100
    api json 70-90`;

describe('two traces', () => {
  it('that are equal have no difference', () => {
    const comparison = compare(order, order);
    expect(drawn(comparison)).toEqual(['= GET /cart 1:1', '=   auth 1:1', '=   SELECT cart 1:1', '=   render 1:1', '=     json 1:1']);
    expect(traceChanges(comparison)).toEqual([]);
    expect(sentence(comparison)).toBe('B took exactly as long as A. They have the same structure.');
  });

  it('are told apart by a query that runs in a loop', () => {
    const loop = Array.from({ length: 48 }, (_, run) => `  db SELECT orders ${10 + run * 6}-${16 + run * 6}`);
    const comparison = compare('api GET /orders 0-60\n  db SELECT orders 10-18\n', ['api GET /orders 0-372', ...loop].join('\n'));
    expect(drawn(comparison)).toEqual(['= GET /orders 1:1', '=   SELECT orders 1:48']);
    expect(changed(comparison)).toEqual(['both SELECT orders 280', 'both GET /orders 32']);
    expect(sentence(comparison)).toBe('B is 312 ms (520 %) slower; 280 ms of it in `SELECT orders`, which ran 48 times instead of once.');
  });

  it('show a subtree that was put in, and one that was taken out, as one change each', () => {
    const comparison = compare(
      order,
      `
api GET /cart 0-150
  api auth 0-10
  api discounts 10-110
    db SELECT discounts 20-40
      db lock 20-30
  api render 110-150
    api json 120-140`,
    );
    expect(drawn(comparison)).toEqual([
      '= GET /cart 1:1',
      '=   auth 1:1',
      '-   SELECT cart 1:0',
      '+   discounts 0:1',
      '+     SELECT discounts 0:1',
      '+       lock 0:1',
      '=   render 1:1',
      '=     json 1:1',
    ]);
    expect(changed(comparison)).toEqual(['b discounts 100', 'a SELECT cart -40', 'both GET /cart -10']);
    expect(sentence(comparison)).toBe(
      'B is 50 ms (50 %) slower; the work in `discounts`, which A does not have (3 spans), is 100 ms more. Of the spans, 1 only in A, 3 only in B.',
    );
  });

  it('say a factor where a share would be hard to read', () => {
    expect(sentence(compare('a x 0-10', 'a x 0-2000'))).toMatch(/^B is 1.99 s slower, 200 times as long/);
  });

  it('match siblings in another order', () => {
    const comparison = compare(
      'a root 0-30\n  a x 0-10\n    a deep 1-2\n  a y 10-20\n  a z 20-30',
      'a root 0-30\n  a z 0-10\n  a y 10-20\n  a x 20-30\n    a deep 21-22',
    );
    expect(drawn(comparison)).toEqual(['= root 1:1', '=   z 1:1', '=   y 1:1', '=   x 1:1', '=     deep 1:1']);
    expect(traceChanges(comparison)).toEqual([]);
  });

  it.each([
    ['put in', (a: string, b: string) => compare(a, b), '+'],
    ['taken out', (a: string, b: string) => compare(b, a), '-'],
  ])('match through a level that was %s', (_, compareBoth, sign) => {
    const comparison = compareBoth(
      'api GET 0-50\n  db one 0-20\n    db inner 1-9\n  db two 20-40\n  api render 40-50',
      'api GET 0-60\n  api middleware 0-50\n    api tracing 0-50\n      db one 0-20\n        db inner 1-9\n      db two 20-40\n  api render 50-60',
    );
    expect(drawn(comparison).map((line) => line.replace(/ \d:\d$/, ''))).toEqual([
      '= GET',
      `${sign}   middleware`,
      `${sign}     tracing`,
      '=       one',
      '=         inner',
      '=       two',
      '=   render',
    ]);
    const who = sign === '+' ? 'b' : 'a';
    expect(changed(comparison)).toEqual([`${who} tracing ${sign === '+' ? 10 : -10}`, `${who} middleware 0`]);
  });

  it('match a root that came under a new one, and single roots of different operations', () => {
    const below = drawn(compare('api GET 0-9\n  db q 1-2', 'proxy GET 0-10\n  api GET 0-9\n    db q 1-2'));
    expect(below).toEqual(['+ GET 0:1', '=   GET 1:1', '=     q 1:1']);
    expect(drawn(compare('api GET 0-9\n  db q 1-2', 'api PUT 0-9\n  db q 1-2'))).toEqual(['= PUT 1:1', '=   q 1:1']);
  });

  it('match names that differ in nothing but numbers', () => {
    const comparison = compare(
      'a root 0-9\n  a GET /orders/17 1-2\n  a job 3f2a9c10aa 2-3\n  a other 4-5',
      'a root 0-9\n  a GET /orders/18 1-2\n  a job 77aa01bc99 2-3\n  a facade 4-5',
    );
    expect(drawn(comparison)).toEqual([
      '= root 1:1',
      '=   GET /orders/18 1:1',
      '=   job 77aa01bc99 1:1',
      '-   other 1:0',
      '+   facade 0:1',
    ]);
  });

  it('tell services and kinds apart', () => {
    expect(drawn(compare('a root 0-9\n  a x 1-2', 'a root 0-9\n  b x 1-2'))).toEqual(['= root 1:1', '-   x 1:0', '+   x 0:1']);
  });

  it('count failures', () => {
    const comparison = compare(order, order.replace('SELECT cart 10-50', 'SELECT cart 10-50 error: gone'));
    expect(traceChanges(comparison)).toMatchObject([{ node: 2, errorsInA: 0, errorsInB: 1, selfChangeNs: 0 }]);
    expect(sentence(comparison)).toBe('B took exactly as long as A. They have the same structure. B has 1 error, A none.');
  });
});

/** A span with work of its own, done before its children are, one after the other. */
interface Work {
  name: string;
  selfNs: number;
  children: Work[];
}

const columnsOf = (root: Work): TraceColumns => {
  const rows: { work: Work; parent: number; startNs: number; endNs: number }[] = [];
  const visit = (work: Work, parent: number, startNs: number): number => {
    const row = { work, parent, startNs, endNs: startNs + work.selfNs };
    const at = rows.push(row) - 1;
    for (const child of work.children) row.endNs = visit(child, at, row.endNs);
    return row.endNs;
  };
  const durationNs = visit(root, -1, 0);
  const strings = ['', 'service', ...rows.map(({ work }) => work.name)];
  const zeros = new Uint32Array(rows.length);
  const drawing = drawTrace('service one 0-1');
  return {
    ...drawing,
    summary: { ...drawing.summary, durationNano: String(durationNs) },
    strings,
    spanIds: spanIdBytes(rows.map((_, row) => (row + 1).toString(16).padStart(16, '0'))),
    parent: Int32Array.from(rows, ({ parent }) => parent),
    offsetNs: Float64Array.from(rows, ({ startNs }) => startNs),
    durationNs: Float64Array.from(rows, ({ startNs, endNs }) => endNs - startNs),
    name: Uint32Array.from(rows, (_, row) => row + 2),
    service: zeros.slice().fill(1),
    statusMessage: zeros,
    eventCount: zeros,
    logCount: zeros,
    kind: new Int32Array(rows.length),
    statusCode: new Int32Array(rows.length),
  };
};

/** Letters, because names that differ in numbers alone are matched. */
const nameOf = (prefix: string, number: number): string =>
  `${prefix} ${String.fromCharCode(
    ...String(number)
      .split('')
      .map((digit) => 107 + Number(digit)),
  )}`;

const everyWork = (root: Work): Work[] => [root, ...root.children.flatMap(everyWork)];

const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

describe('random traces', () => {
  it('differ in what was done to them, and in nothing else', () => {
    const random = seeded(11);
    const pick = <Item>(items: readonly Item[]): Item => {
      const item = items[Math.floor(random() * items.length)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    };
    const seen = new Set<string>();
    for (let round = 0; round < 200; round++) {
      const root: Work = { name: 'root', selfNs: 5, children: [] };
      for (let span = 0; span < 30; span++)
        pick(everyWork(root)).children.push({ name: nameOf('w', span), selfNs: 1 + Math.floor(random() * 50), children: [] });
      const before = columnsOf(root);
      const expected = edit(root, pick, round);
      seen.add(expected[0]?.split(' ')[0] ?? '');
      for (const work of everyWork(root)) if (random() < 0.3) work.children.reverse();
      const comparison = compareTraces(readTrace(before), readTrace(columnsOf(root)));
      const found = traceChanges(comparison).map(
        ({ node, presence, selfChangeNs }) => `${presence} ${operationAt(comparison, node).name} ${selfChangeNs}`,
      );
      expect({ round, found: found.toSorted() }).toEqual({ round, found: expected.toSorted() });
    }
    expect([...seen].toSorted()).toEqual(['a', 'b', 'both']);
  });
});

/** Changes one thing, and says what a comparison has to find. */
const edit = (root: Work, pick: <Item>(items: readonly Item[]) => Item, round: number): string[] => {
  const parent = pick(everyWork(root).filter(({ children }) => children.length > 0));
  const child = pick(parent.children);
  switch (round % 4) {
    case 0:
      child.selfNs += 7;
      return [`both ${child.name} 7`];
    case 1: {
      parent.children = parent.children.filter((one) => one !== child);
      return [`a ${child.name} ${-everyWork(child).reduce((sum, { selfNs }) => sum + selfNs, 0)}`];
    }
    case 2: {
      child.children.push({ name: 'new', selfNs: 3, children: [{ name: 'newer', selfNs: 4, children: [] }] });
      return ['b new 7'];
    }
    default: {
      parent.children = [{ name: 'around', selfNs: 2, children: parent.children }];
      return ['b around 2'];
    }
  }
};

it('a chain of 10,000 spans is compared without a stack', () => {
  const depth = 10_000;
  const chain = (slow: number): TraceColumns => ({
    ...columnsOf({ name: 'span', selfNs: 1, children: [] }),
    spanIds: spanIdBytes(Array.from({ length: depth }, (_, row) => (row + 1).toString(16).padStart(16, '0'))),
    parent: Int32Array.from({ length: depth }, (_, row) => row - 1),
    offsetNs: Float64Array.from({ length: depth }, (_, row) => row),
    durationNs: Float64Array.from({ length: depth }, (_, row) => 2 * (depth - row) + (row <= slow ? 5 : 0)),
    name: new Uint32Array(depth).fill(2),
    service: new Uint32Array(depth).fill(1),
    statusMessage: new Uint32Array(depth),
    eventCount: new Uint32Array(depth),
    logCount: new Uint32Array(depth),
    kind: new Int32Array(depth),
    statusCode: new Int32Array(depth),
  });
  const comparison = compareTraces(readTrace(chain(-1)), readTrace(chain(7000)));
  expect(comparison.tree.size).toBe(depth);
  expect(traceChanges(comparison)).toMatchObject([{ node: 7000, selfChangeNs: 5 }]);
});
