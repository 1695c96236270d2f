import { childrenOf, type Operations, type PathTree, rootsOf } from './path-tree.ts';

const none = -1;

/** Two path trees laid on top of each other: one entry a pair, a parent before its children. */
export interface Alignment {
  /** Node of each tree; -1 where only the other one has it. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** The pair above; -1 at the top. */
  readonly parent: readonly number[];
  /** Siblings are in the order of these: that of B, and what only A has behind what stood before it there. */
  readonly rank: readonly number[];
}

/** A chain of wrappers is followed this far. */
const deepestWrapper = 8;

/**
 * Aligns two path trees from the top down. A node is matched with the sibling of the same operation, as X-Diff matches elements of unordered documents by the names on their way from the root
 * (Wang, DeWitt, Cai: "X-Diff: An Effective Change Detection Algorithm for XML Documents", ICDE 2003), and as Jaeger's trace diff does; where none is left,
 * with one whose name differs only in numbers. Those two call everything below a new level of spans (a middleware, a retry) different; here a node that is left over
 * on one side, and whose children are what is left over on the other, is taken for a level that was put in, and its children are matched through it. The best possible alignment
 * (Zhang, Shasha 1989) would take a time that is quadratic in the number of spans; this is linear.
 *
 * Single roots are matched even where they are of different operations: somebody chose to compare them.
 */
export const alignPaths = (a: PathTree, b: PathTree, operations: Operations): Alignment => new Aligner(a, b, operations).align();

/** Siblings to be matched below a pair. */
interface Task {
  pair: number;
  as: readonly number[];
  bs: readonly number[];
}

/** Of siblings. */
interface Matches {
  ofA: Map<number, number>;
  ofB: Set<number>;
}

const addMatch = ({ ofA, ofB }: Matches, a: number, b: number): void => {
  ofA.set(a, b);
  ofB.add(b);
};

class Aligner {
  readonly #a: PathTree;
  readonly #b: PathTree;
  readonly #operations: Operations;
  readonly #pairs = { a: [] as number[], b: [] as number[], parent: [] as number[], rank: [] as number[] };
  readonly #tasks: Task[] = [];

  constructor(a: PathTree, b: PathTree, operations: Operations) {
    this.#a = a;
    this.#b = b;
    this.#operations = operations;
  }

  align(): Alignment {
    this.#tasks.push({ pair: none, as: rootsOf(this.#a), bs: rootsOf(this.#b) });
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) this.#match(task);
    return this.#pairs;
  }

  #match(task: Task): void {
    const { pair, as, bs } = task;
    const matches: Matches = { ofA: new Map(), ofB: new Set() };
    this.#matchBy((operation) => operation, task, matches);
    if (matches.ofA.size < Math.min(as.length, bs.length)) this.#matchBy((operation) => this.#operations.shapeOf(operation), task, matches);
    const [a = none, b = none] = [as[0], bs[0]];
    const areSingleRoots = pair === none && as.length === 1 && bs.length === 1;
    if (areSingleRoots && !this.#wraps(this.#a, a, this.#b, b) && !this.#wraps(this.#b, b, this.#a, a)) addMatch(matches, a, b);
    this.#emit(task, matches);
  }

  #wraps(tree: PathTree, node: number, other: PathTree, left: number): boolean {
    return takeWrapped(tree, node, new Map([[other.operation[left] ?? none, left]])).length > 0;
  }

  /** Matches what is left over where `idOf` gives both operations the same, the first ones first. */
  #matchBy(idOf: (operation: number) => number, { as, bs }: Task, matches: Matches): void {
    const left = new Map<number, number>();
    for (const b of bs.toReversed()) if (!matches.ofB.has(b)) left.set(idOf(this.#b.operation[b] ?? none), b);
    for (const a of as) {
      if (matches.ofA.has(a)) continue;
      const id = idOf(this.#a.operation[a] ?? none);
      const b = left.get(id);
      if (b === undefined) continue;
      left.delete(id);
      addMatch(matches, a, b);
    }
  }

  #emit({ pair, as, bs }: Task, matches: Matches): void {
    const place = new Map(bs.map((b, index) => [b, index]));
    /** What is left over, by operation. */
    const leftOfB = new Map(bs.filter((b) => !matches.ofB.has(b)).map((b) => [this.#b.operation[b] ?? none, b]));
    const leftOfA = new Map<number, number>();
    const rankOfA = new Map<number, number>();
    let before = none;
    for (const a of as) {
      const b = matches.ofA.get(a);
      if (b === undefined) {
        leftOfA.set(this.#a.operation[a] ?? none, a);
        rankOfA.set(a, before + 0.5);
        continue;
      }
      before = place.get(b) ?? before;
      this.#below(this.#pair(pair, a, b, before), a, b);
    }
    for (const b of leftOfB.values()) {
      const wrapped = takeWrapped(this.#b, b, leftOfA);
      if (wrapped.length === 0) continue;
      leftOfB.delete(this.#b.operation[b] ?? none);
      this.#tasks.push({ pair: this.#pair(pair, none, b, place.get(b) ?? 0), as: wrapped, bs: childrenOf(this.#b, b) });
    }
    for (const a of leftOfA.values()) {
      const wrapped = takeWrapped(this.#a, a, leftOfB);
      this.#tasks.push({ pair: this.#pair(pair, a, none, rankOfA.get(a) ?? 0), as: childrenOf(this.#a, a), bs: wrapped });
    }
    for (const b of leftOfB.values()) this.#below(this.#pair(pair, none, b, place.get(b) ?? 0), none, b);
  }

  #below(pair: number, a: number, b: number): void {
    const as = a < 0 ? [] : childrenOf(this.#a, a);
    const bs = b < 0 ? [] : childrenOf(this.#b, b);
    if (as.length + bs.length > 0) this.#tasks.push({ pair, as, bs });
  }

  #pair(parent: number, a: number, b: number, rank: number): number {
    this.#pairs.a.push(a);
    this.#pairs.b.push(b);
    this.#pairs.parent.push(parent);
    this.#pairs.rank.push(rank);
    return this.#pairs.a.length - 1;
  }
}

/** Takes those from `left`, nodes of the other tree by operation, that are children of `node`, or of its only child, and so on. */
const takeWrapped = (tree: PathTree, node: number, left: Map<number, number>): number[] => {
  let children = left.size === 0 ? [] : childrenOf(tree, node);
  for (let depth = 0; depth < deepestWrapper; depth++) {
    const found = children.flatMap((child) => {
      const operation = tree.operation[child] ?? none;
      const one = left.get(operation);
      left.delete(operation);
      return one ?? [];
    });
    const [only] = children;
    if (found.length > 0 || only === undefined || children.length > 1) return found;
    children = childrenOf(tree, only);
  }
  return [];
};
