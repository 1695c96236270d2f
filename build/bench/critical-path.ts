import { criticalPath } from '#proto/analysis/critical-path';
import { buildSpanTree, type SpanTree } from '#proto/analysis/span-tree';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { median } from './harness/statistics.ts';

interface Shape {
  tree: SpanTree;
  startNs: Float64Array;
  durationNs: Float64Array;
  kind: Int32Array;
}

const runs = 7;

/** A multiplier that visits numbers in no order that a sort could make use of. */
const stride = 7919;

/** What makes a critical path dear: children that have to be sorted, and depth. */
const shapes = {
  siblings: (spans: number): Shape =>
    shapeOf(
      spans,
      () => 0,
      (row) => ((row * stride) % spans) + 1,
      spans * 3,
    ),
  chain: (spans: number): Shape =>
    shapeOf(
      spans,
      (row) => row - 1,
      (row) => (spans - row) * 2 + 1,
      spans * 3,
    ),
};

/** The critical path of a large trace, in the worst of two shapes. */
export const criticalPathMeasurement: Measurement = {
  name: 'critical-path',
  run: async ({ sizes }) => {
    const spans = sizes.spansOfBigTrace;
    const times = Object.entries(shapes).map(([name, make]) => ({ name, ms: medianMs(make(spans)) }));
    const worst = times.reduce((a, b) => (a.ms > b.ms ? a : b));
    return [
      {
        what: `critical path of ${count(spans)} spans`,
        measured: worst.ms,
        unit: 'ms',
        target: { atMost: 50 },
        from: times.map(({ name, ms }) => `${name} ${ms.toFixed(1)} ms`).join(', '),
      },
    ];
  },
};

function medianMs(shape: Shape): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    criticalPath(shape);
    return performance.now() - started;
  });
  return median(times);
}

function shapeOf(spans: number, parentOf: (row: number) => number, durationOf: (row: number) => number, rootNs: number): Shape {
  const parent = Int32Array.from({ length: spans }, (_, row) => (row === 0 ? -1 : parentOf(row)));
  const startNs = Float64Array.from({ length: spans }, (_, row) => row);
  const tree = buildSpanTree({ parent, offsetNs: startNs });
  const durationNs = Float64Array.from({ length: spans }, (_, row) => (row === 0 ? rootNs : durationOf(row)));
  return { tree, startNs, durationNs, kind: new Int32Array(spans) };
}
