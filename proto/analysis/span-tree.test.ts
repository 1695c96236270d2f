import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { descendantCount, buildSpanTree, hasChildren, Placement, type SpanTree } from './span-tree.ts';

const shape = (parent: number[], offsetNs = parent.map((_, row) => row)) => ({
  parent: Int32Array.from(parent),
  offsetNs: Float64Array.from(offsetNs),
});

/** Depth and row of each span, the way the tree reads from top to bottom. */
const outline = (tree: SpanTree): string[] => Array.from(tree.row, (row, span) => `${'.'.repeat(tree.depth[span] ?? 0)}${row}`);

describe('buildSpanTree', () => {
  it('puts a drawn trace in tree order, siblings by start', () => {
    const structure = drawTrace(`
api GET / 0-120
  db SELECT 50-80
  cache GET 10-20
    net write 12-13
worker job 5-300`);
    const tree = buildSpanTree(structure);
    const names = Array.from(tree.row, (row) => structure.strings[structure.name[row] ?? 0]);
    expect(names).toEqual(['GET /', 'GET', 'write', 'SELECT', 'job']);
    expect([...tree.depth]).toEqual([0, 1, 2, 1, 0]);
    expect([...tree.parent]).toEqual([-1, 0, 1, 0, -1]);
    expect([...tree.end]).toEqual([4, 3, 3, 4, 5]);
    expect([...tree.siblingNumber]).toEqual([1, 1, 1, 2, 2]);
    expect([...tree.siblingCount]).toEqual([2, 2, 1, 2, 2]);
    expect(hasChildren(tree, 0)).toBe(true);
    expect(hasChildren(tree, 3)).toBe(false);
    expect(descendantCount(tree, 0)).toBe(3);
  });

  it('is empty for a trace without spans', () => expect(buildSpanTree(shape([])).size).toBe(0));

  it('breaks equal starts by row and sorts rows that come out of order', () => {
    expect(outline(buildSpanTree(shape([-1, 0, 0, 0], [0, 7, 5, 5])))).toEqual(['0', '.2', '.3', '.1']);
  });

  it('shows a child that starts before its parent below it', () => {
    expect(outline(buildSpanTree(shape([1, -1], [0, 5])))).toEqual(['1', '.0']);
  });

  it('makes roots of spans whose parent has not arrived or cannot be', () => {
    const tree = buildSpanTree(shape([-1, -2, 99, 3]));
    expect(outline(tree)).toEqual(['0', '1', '2', '3']);
    expect([...tree.placement]).toEqual([Placement.root, Placement.parentMissing, Placement.parentMissing, Placement.ownParent]);
  });

  it('breaks a cycle above the member that started first and keeps what hangs from it', () => {
    // 1 → 2 → 3 → 1, and 4 below 2. Row 0 is an ordinary root.
    const tree = buildSpanTree(shape([-1, 3, 1, 2, 2]));
    expect(outline(tree)).toEqual(['0', '1', '.2', '..3', '..4']);
    expect([...tree.placement]).toEqual([Placement.root, Placement.cycle, Placement.child, Placement.child, Placement.child]);
  });

  it('finds a cycle from outside it', () => {
    const tree = buildSpanTree(shape([1, 2, 1], [0, 10, 5]));
    expect(outline(tree)).toEqual(['2', '.1', '..0']);
    expect(tree.placement[0]).toBe(Placement.cycle);
  });

  it('walks a chain of 100,000 without a stack', () => {
    const tree = buildSpanTree(shape(Array.from({ length: 100_000 }, (_, row) => row - 1)));
    expect(tree.depth[99_999]).toBe(99_999);
    expect(tree.end[0]).toBe(100_000);
  });

  it('holds 100,000 siblings', () => {
    const tree = buildSpanTree(shape(Array.from({ length: 100_001 }, (_, row) => (row === 0 ? -1 : 0))));
    expect(tree.siblingNumber[100_000]).toBe(100_000);
    expect(tree.siblingCount[1]).toBe(100_000);
  });

  it('agrees with a recursive walk on random traces, cycles included', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = generator(seed);
      const size = 1 + Math.floor(random() * 40);
      const parent = Array.from({ length: size }, () => Math.floor(random() * (size + 2)) - 2);
      const offsetNs = Array.from({ length: size }, () => Math.floor(random() * 10));
      expect(outline(buildSpanTree(shape(parent, offsetNs)))).toEqual(recursiveOutline(parent, offsetNs));
    }
  });
});

const generator = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

const recursiveOutline = (parent: number[], offsetNs: number[]): string[] => {
  const rows = parent.map((_, row) => row).toSorted((a, b) => (offsetNs[a] ?? 0) - (offsetNs[b] ?? 0) || a - b);
  const above = (row: number): number[] => {
    const chain: number[] = [];
    for (let next = parent[row] ?? -1; next >= 0 && !chain.includes(next); next = parent[next] ?? -1) chain.push(next);
    return chain;
  };
  const isCycleHead = (row: number): boolean => {
    const chain = above(row);
    return chain.includes(row) && chain.every((member) => rows.indexOf(row) <= rows.indexOf(member));
  };
  const isRoot = (row: number): boolean => (parent[row] ?? -1) < 0 || parent[row] === row || isCycleHead(row);
  const below = (row: number, depth: number): string[] => [
    `${'.'.repeat(depth)}${row}`,
    ...rows.filter((child) => parent[child] === row && !isRoot(child)).flatMap((child) => below(child, depth + 1)),
  ];
  return rows.filter(isRoot).flatMap((root) => below(root, 0));
};
