import type { TraceStructure } from '#proto/bridge/shapes';

/** Why a span stands at the top of the tree; `child` where it does not. */
export type Placement = 'child' | 'root' | 'parent-missing' | 'own-parent' | 'cycle';

/**
 * The shape of a trace in pre-order: a span is known by its place in tree order, and its descendants are exactly the spans from `span + 1` up to
 * `end[span]`. So walking, collapsing and counting are plain loops over typed arrays, and a chain of 10,000 spans needs no stack.
 */
export interface SpanTree {
  readonly size: number;
  /** Row of each span in the columns that the tree was built from. */
  readonly row: Int32Array;
  /** Parent in tree order; -1 at the top. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** First span in tree order that is not a descendant. */
  readonly end: Int32Array;
  /** Place among its siblings, from 1, and how many there are. */
  readonly siblingNumber: Int32Array;
  readonly siblingCount: Int32Array;
  readonly placement: readonly Placement[];
}

type Shape = Pick<TraceStructure, 'parent' | 'offsetNs'>;

const none = -1;

/**
 * Puts spans in tree order: siblings by start, then by row. What was sent is not trusted: a parent that is absent, out of range, the span itself or one of its own
 * descendants makes the span a root, and `placement` says so. Linear in the number of spans where rows come in order of start, as the engine sends them.
 */
export const buildSpanTree = ({ parent, offsetNs }: Shape): SpanTree => {
  const byStart = rowsByStart(offsetNs);
  const placementOfRow = parent.map((parentRow, row) => placeRow(parentRow, row, parent.length));
  breakCycles(parent, byStart, placementOfRow);
  const links = linkSiblings(parent, byStart, placementOfRow);
  return walk(links, placementOfRow);
};

export const hasChildren = (tree: SpanTree, span: number): boolean => (tree.end[span] ?? 0) > span + 1;

export const descendantCount = (tree: SpanTree, span: number): number => (tree.end[span] ?? span + 1) - span - 1;

const placeRow = (parentRow: number, row: number, size: number): Placement => {
  if (parentRow === row) return 'own-parent';
  if (parentRow === -1) return 'root';
  return parentRow >= 0 && parentRow < size ? 'child' : 'parent-missing';
};

const rowsByStart = (offsetNs: readonly number[]): Int32Array => {
  const rows = Int32Array.from(offsetNs, (_, row) => row);
  const isSorted = offsetNs.every((offset, row) => row === 0 || offset >= (offsetNs[row - 1] ?? 0));
  return isSorted ? rows : rows.toSorted((a, b) => (offsetNs[a] ?? 0) - (offsetNs[b] ?? 0) || a - b);
};

/** Each cycle loses the link above the member that started first. Every row is walked over once: a walk ends where an earlier one has been. */
const breakCycles = (parent: readonly number[], byStart: Int32Array, placement: Placement[]): void => {
  const rank = new Int32Array(byStart.length);
  byStart.forEach((row, index) => (rank[row] = index));
  const walkOf = new Int32Array(byStart.length).fill(none);
  for (const start of byStart) {
    let row = start;
    while (walkOf[row] === none) {
      walkOf[row] = start;
      if (placement[row] !== 'child') break;
      row = parent[row] ?? start;
    }
    if (walkOf[row] === start && placement[row] === 'child') placement[earliestInCycle(parent, rank, row)] = 'cycle';
  }
};

const earliestInCycle = (parent: readonly number[], rank: Int32Array, member: number): number => {
  let earliest = member;
  for (let row = parent[member] ?? member; row !== member; row = parent[row] ?? member) {
    if ((rank[row] ?? 0) < (rank[earliest] ?? 0)) earliest = row;
  }
  return earliest;
};

interface SiblingLinks {
  firstRoot: number;
  firstChild: Int32Array;
  nextSibling: Int32Array;
}

const linkSiblings = (parent: readonly number[], byStart: Int32Array, placement: readonly Placement[]): SiblingLinks => {
  const firstChild = new Int32Array(byStart.length).fill(none);
  const nextSibling = new Int32Array(byStart.length).fill(none);
  let firstRoot = none;
  for (let index = byStart.length - 1; index >= 0; index--) {
    const row = byStart[index] ?? 0;
    if (placement[row] === 'child') {
      const above = parent[row] ?? 0;
      nextSibling[row] = firstChild[above] ?? none;
      firstChild[above] = row;
    } else {
      nextSibling[row] = firstRoot;
      firstRoot = row;
    }
  }
  return { firstRoot, firstChild, nextSibling };
};

const walk = ({ firstRoot, firstChild, nextSibling }: SiblingLinks, placementOfRow: readonly Placement[]): SpanTree => {
  const size = firstChild.length;
  const row = new Int32Array(size);
  const parent = new Int32Array(size);
  const depth = new Int32Array(size);
  const siblingNumber = new Int32Array(size);
  const placement: Placement[] = [];

  let current = firstRoot;
  let above = none;
  let number = 1;
  for (let span = 0; span < size; span++) {
    row[span] = current;
    parent[span] = above;
    depth[span] = above === none ? 0 : (depth[above] ?? 0) + 1;
    siblingNumber[span] = number;
    placement.push(placementOfRow[current] ?? 'root');

    if (firstChild[current] !== none) {
      current = firstChild[current] ?? none;
      above = span;
      number = 1;
      continue;
    }
    while (nextSibling[current] === none && above !== none) {
      current = row[above] ?? none;
      number = siblingNumber[above] ?? 0;
      above = parent[above] ?? none;
    }
    number += 1;
    current = nextSibling[current] ?? none;
  }
  return {
    size,
    row,
    parent,
    depth,
    end: subtreeEnds(parent),
    siblingNumber,
    siblingCount: countSiblings(parent, siblingNumber),
    placement,
  };
};

/** Later spans first: a subtree reaches as far as its last child's does. */
const subtreeEnds = (parent: Int32Array): Int32Array => {
  const end = Int32Array.from(parent, (_, span) => span + 1);
  for (let span = parent.length - 1; span >= 0; span--) {
    const above = parent[span] ?? none;
    if (above !== none) end[above] = Math.max(end[above] ?? 0, end[span] ?? 0);
  }
  return end;
};

const countSiblings = (parent: Int32Array, siblingNumber: Int32Array): Int32Array => {
  const children = new Int32Array(parent.length);
  let roots = 0;
  for (let span = 0; span < parent.length; span++) {
    const above = parent[span] ?? none;
    if (above === none) roots = siblingNumber[span] ?? 0;
    else children[above] = siblingNumber[span] ?? 0;
  }
  return Int32Array.from(parent, (above) => (above === none ? roots : (children[above] ?? 0)));
};
