import { rootParent, type TraceColumns } from '../bridge/trace-columns.ts';

/** Why a span stands at the top of the tree; `child` where it does not. */
export const Placement = { child: 0, root: 1, parentMissing: 2, ownParent: 3, cycle: 4 } as const;
export type Placement = (typeof Placement)[keyof typeof Placement];

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
  /** One `Placement` a span. */
  readonly placement: Uint8Array;
}

type Shape = Pick<TraceColumns, 'parent' | 'offsetNs'>;

const none = -1;

/**
 * Puts spans in tree order: siblings by start, then by row. What was sent is not trusted: a parent that is absent, out of range, the span itself or one of its own
 * descendants makes the span a root, and `placement` says so. Linear in the number of spans where rows come in order of start, as the engine sends them.
 */
export const buildSpanTree = ({ parent, offsetNs }: Shape): SpanTree => {
  const byStart = rowsByStart(offsetNs);
  const placementOfRow = new Uint8Array(parent.length);
  for (let row = 0; row < parent.length; row++) placementOfRow[row] = placeRow(parent[row] ?? rootParent, row, parent.length);
  breakCycles(parent, byStart, placementOfRow);
  const links = linkSiblings(parent, byStart, placementOfRow);
  return walk(links, placementOfRow);
};

export const hasChildren = (tree: SpanTree, span: number): boolean => (tree.end[span] ?? 0) > span + 1;

export const descendantCount = (tree: SpanTree, span: number): number => (tree.end[span] ?? span + 1) - span - 1;

const placeRow = (parentRow: number, row: number, size: number): Placement => {
  if (parentRow === row) return Placement.ownParent;
  if (parentRow === rootParent) return Placement.root;
  return parentRow >= 0 && parentRow < size ? Placement.child : Placement.parentMissing;
};

const rowsByStart = (offsetNs: Float64Array): Int32Array => {
  const rows = new Int32Array(offsetNs.length);
  let isSorted = true;
  for (let row = 0; row < rows.length; row++) {
    rows[row] = row;
    if (row > 0 && (offsetNs[row] ?? 0) < (offsetNs[row - 1] ?? 0)) isSorted = false;
  }
  return isSorted ? rows : rows.toSorted((a, b) => (offsetNs[a] ?? 0) - (offsetNs[b] ?? 0) || a - b);
};

/** Each cycle loses the link above the member that started first. Every row is walked over once: a walk ends where an earlier one has been. */
const breakCycles = (parent: Int32Array, byStart: Int32Array, placement: Uint8Array): void => {
  const rank = new Int32Array(byStart.length);
  for (let index = 0; index < byStart.length; index++) rank[byStart[index] ?? 0] = index;
  const walkOf = new Int32Array(byStart.length).fill(none);
  for (const start of byStart) {
    let row = start;
    while (walkOf[row] === none) {
      walkOf[row] = start;
      if (placement[row] !== Placement.child) break;
      row = parent[row] ?? start;
    }
    if (walkOf[row] === start && placement[row] === Placement.child) placement[earliestInCycle(parent, rank, row)] = Placement.cycle;
  }
};

const earliestInCycle = (parent: Int32Array, rank: Int32Array, member: number): number => {
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

const linkSiblings = (parent: Int32Array, byStart: Int32Array, placement: Uint8Array): SiblingLinks => {
  const firstChild = new Int32Array(byStart.length).fill(none);
  const nextSibling = new Int32Array(byStart.length).fill(none);
  let firstRoot = none;
  for (let index = byStart.length - 1; index >= 0; index--) {
    const row = byStart[index] ?? 0;
    if (placement[row] === Placement.child) {
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

const walk = ({ firstRoot, firstChild, nextSibling }: SiblingLinks, placementOfRow: Uint8Array): SpanTree => {
  const size = firstChild.length;
  const row = new Int32Array(size);
  const parent = new Int32Array(size);
  const depth = new Int32Array(size);
  const siblingNumber = new Int32Array(size);
  const placement = new Uint8Array(size);

  let current = firstRoot;
  let above = none;
  let number = 1;
  for (let span = 0; span < size; span++) {
    row[span] = current;
    parent[span] = above;
    depth[span] = above === none ? 0 : (depth[above] ?? 0) + 1;
    siblingNumber[span] = number;
    placement[span] = placementOfRow[current] ?? Placement.root;

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
  const end = new Int32Array(parent.length);
  for (let span = 0; span < end.length; span++) end[span] = span + 1;
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
  const count = new Int32Array(parent.length);
  for (let span = 0; span < count.length; span++) {
    const above = parent[span] ?? none;
    count[span] = above === none ? roots : (children[above] ?? 0);
  }
  return count;
};
