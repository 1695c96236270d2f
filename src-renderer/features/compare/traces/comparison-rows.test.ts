import { describe, expect, it } from 'vitest';
import { compareTraces } from '#proto/analysis/compare-traces';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { traceChanges } from '#proto/analysis/trace-changes';
import { comparisonRows, nodesWithChanges, notableChanges } from './comparison-rows.ts';
import { nodeAt, spanIdAt } from './node-at.ts';

const read = (drawing: string) => readTrace(drawTrace(drawing));

/** 0 root, 1 steady, 2 its child, 3 slower, 4 only in A, 5 only in B, 6 its child. */
const comparison = compareTraces(
  read('a root 0-1000\n  a steady 0-100\n    a child 10-20\n  a slower 100-200\n  a gone 300-310'),
  read('a root 0-1001\n  a steady 0-100\n    a child 10-20.5\n  a slower 100-300\n  a new 300-310\n    a below 301-302'),
);
const { tree } = comparison;
const notable = notableChanges(comparison, traceChanges(comparison));
const nothing = new Uint8Array(tree.size);
const rows = (collapsed: Uint8Array, listed?: Uint8Array): number[] => [...comparisonRows(tree, collapsed, listed).spans];

describe('rows of a comparison', () => {
  it('are all nodes, but for what is folded', () => {
    expect(rows(nothing)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const folded = nothing.slice().fill(1, 1, 2);
    expect(rows(folded)).toEqual([0, 1, 3, 4, 5, 6]);
    expect([...comparisonRows(tree, folded, undefined).rowOf]).toEqual([0, 1, 1, 2, 3, 4, 5]);
  });

  it('are those that changed, and the way to them, where only changes are asked for', () => {
    const listed = nodesWithChanges(tree, notable);
    expect(rows(nothing, listed)).toEqual([0, 3, 4, 5, 6]);
    expect([...comparisonRows(tree, nothing, listed).rowOf]).toEqual([0, -1, -1, 1, 2, 3, 4]);
  });

  it('do not call it a change when a span takes half a millisecond longer in a trace of a second', () => {
    expect(new Set(notable.map(({ node }) => node))).toEqual(new Set([0, 3, 4, 5]));
  });
});

it('a node is found again by its span, also one that only A has', () => {
  for (let node = 0; node < tree.size; node++) expect(nodeAt(comparison, spanIdAt(comparison, node))).toBeDefined();
  expect([nodeAt(comparison, spanIdAt(comparison, 3)), nodeAt(comparison, undefined), nodeAt(comparison, 'f'.repeat(16))]).toEqual([
    3,
    undefined,
    undefined,
  ]);
});
