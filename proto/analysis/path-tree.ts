import { selfTimes } from './self-time.ts';
import type { Trace } from './trace.ts';

const none = -1;

/**
 * A trace with its repetitions folded: spans of the same operation under the same path are one node, with how often it ran and what that took in all. 48 queries in a loop are
 * one node that ran 48 times. Nodes are numbered in the order of their first spans, a parent before its children.
 */
export interface PathTree {
  readonly size: number;
  /** What `Operations` calls it. Siblings have different ones. */
  readonly operation: Int32Array;
  /** -1 where there is none. `firstChild` has one entry more than nodes: the last one is the first root. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** In tree order of the trace. */
  readonly firstSpan: Int32Array;
  readonly count: Int32Array;
  readonly errorCount: Int32Array;
  /** Sum of durations, those of spans that end before they start being none, and of self times. */
  readonly totalNs: Float64Array;
  readonly selfNs: Float64Array;
}

/** What one service does under one name, as a number that is the same in every trace that was folded with the same instance. */
export class Operations {
  /** By `kind service`, then by name: most names are looked up without a text being made. */
  readonly #owners = new Map<string, Map<string, number>>();
  readonly #names: { owner: string; name: string }[] = [];
  readonly #shapes = new Map<string, number>();

  of(trace: Trace, span: number): number {
    const owner = `${trace.kind[span] ?? 0} ${trace.service.at(span)}`;
    let names = this.#owners.get(owner);
    if (names === undefined) this.#owners.set(owner, (names = new Map()));
    const name = trace.name.at(span);
    let id = names.get(name);
    if (id === undefined) {
      id = this.#names.push({ owner, name }) - 1;
      names.set(name, id);
    }
    return id;
  }

  /** The same for operations that differ in nothing but numbers in their names: `GET /orders/17` and `GET /orders/18`. */
  shapeOf(operation: number): number {
    const { owner = '', name = '' } = this.#names[operation] ?? {};
    const key = `${owner}\n${withoutNumbers(name)}`;
    const id = this.#shapes.get(key) ?? this.#shapes.size;
    this.#shapes.set(key, id);
    return id;
  }
}

/** Hexadecimal ids too, if they are long and hold a digit: `add` and `facade` are words. */
const numbers = /\b(?=[0-9a-f-]*[0-9])[0-9a-f-]{8,}\b|[0-9]+/gi;
const withoutNumbers = (name: string): string => name.replaceAll(numbers, '#');

/** Linear in the number of spans, however deep they are. */
export const foldPaths = (trace: Trace, operations: Operations): PathTree => {
  const { tree } = trace;
  const selfNs = selfTimes(trace);
  const folding = new Folding(tree.size);
  const nodeOf = new Int32Array(tree.size);
  for (let span = 0; span < tree.size; span++) {
    const above = tree.parent[span] ?? none;
    const node = folding.nodeOf(above < 0 ? none : (nodeOf[above] ?? none), operations.of(trace, span), span);
    nodeOf[span] = node;
    folding.count[node] = (folding.count[node] ?? 0) + 1;
    folding.errorCount[node] = (folding.errorCount[node] ?? 0) + (trace.isError[span] ?? 0);
    folding.totalNs[node] = (folding.totalNs[node] ?? 0) + Math.max(0, trace.durationNs[span] ?? 0);
    folding.selfNs[node] = (folding.selfNs[node] ?? 0) + (selfNs[span] ?? 0);
  }
  return folding.finish();
};

/** A parent and an operation make up one number that is exact. */
const mostOperations = 2 ** 26;

class Folding {
  size = 0;
  readonly count: Int32Array;
  readonly errorCount: Int32Array;
  readonly totalNs: Float64Array;
  readonly selfNs: Float64Array;
  readonly #parent: Int32Array;
  readonly #operation: Int32Array;
  readonly #firstSpan: Int32Array;
  /** By parent and operation. */
  readonly #nodes = new Map<number, number>();

  constructor(spans: number) {
    this.count = new Int32Array(spans);
    this.errorCount = new Int32Array(spans);
    this.totalNs = new Float64Array(spans);
    this.selfNs = new Float64Array(spans);
    this.#parent = new Int32Array(spans);
    this.#operation = new Int32Array(spans);
    this.#firstSpan = new Int32Array(spans);
  }

  nodeOf(parent: number, operation: number, span: number): number {
    const key = (parent + 1) * mostOperations + operation;
    let node = this.#nodes.get(key);
    if (node === undefined) {
      node = this.size;
      this.size += 1;
      this.#nodes.set(key, node);
      this.#parent[node] = parent;
      this.#operation[node] = operation;
      this.#firstSpan[node] = span;
    }
    return node;
  }

  finish(): PathTree {
    const { size } = this;
    const firstChild = new Int32Array(size + 1).fill(none);
    const nextSibling = new Int32Array(size).fill(none);
    for (let node = size - 1; node >= 0; node--) {
      const parent = this.#parent[node] ?? none;
      const above = parent < 0 ? size : parent;
      nextSibling[node] = firstChild[above] ?? none;
      firstChild[above] = node;
    }
    return {
      size,
      operation: this.#operation.subarray(0, size),
      firstChild,
      nextSibling,
      firstSpan: this.#firstSpan.subarray(0, size),
      count: this.count.subarray(0, size),
      errorCount: this.errorCount.subarray(0, size),
      totalNs: this.totalNs.subarray(0, size),
      selfNs: this.selfNs.subarray(0, size),
    };
  }
}

/** In the order of their first spans. */
export const childrenOf = ({ firstChild, nextSibling }: PathTree, node: number): number[] => listed(nextSibling, firstChild[node] ?? none);

export const rootsOf = ({ size, firstChild, nextSibling }: PathTree): number[] => listed(nextSibling, firstChild[size] ?? none);

const listed = (nextSibling: Int32Array, first: number): number[] => {
  const nodes: number[] = [];
  for (let node = first; node >= 0; node = nextSibling[node] ?? none) nodes.push(node);
  return nodes;
};
