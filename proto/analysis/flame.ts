import { dimensionOf, operationOf } from './dimension.ts';
import type { Trace } from './trace.ts';

/**
 * A trace by path: spans of the same service and name, called along the same way from the root, are one frame. Columns, one entry a frame, row by row from the top and each
 * row from left to right, so that what lies above a frame comes before it.
 *
 * A frame is as wide as its spans took together (`totalNs`). What is called inside it takes the part of that width that is not the frame's own time (`selfNs`), shared in
 * proportion to the totals. So where calls follow each other their widths are their durations to scale, and where they ran side by side, or outlived their caller, they are drawn
 * narrower (`scale` below 1) instead of spilling over: the width of what is called always is the time that its caller waited.
 */
export interface Flame {
  readonly size: number;
  /** -1 in the first row. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** Frames of row `d`: from `rowStart[d]` up to, not including, `rowStart[d + 1]`. */
  readonly rowStart: Int32Array;
  /** Edges, as shares of the whole width. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** Drawn width by the width that its duration would have beside that of the first row. */
  readonly scale: Float64Array;
  readonly count: Int32Array;
  readonly errors: Int32Array;
  /** Sums over its spans; those that end before they start count as 0 ns. */
  readonly totalNs: Float64Array;
  readonly selfNs: Float64Array;
  /** The longest of its spans. */
  readonly slowest: Int32Array;
  /** Frame of each span. */
  readonly frameOf: Int32Array;
  /** What the widths of the first row add up to. */
  readonly wholeNs: number;
}

export const flameOf = (trace: Trace, selfNs: Float64Array): Flame => {
  const paths = pathsOf(trace, selfNs);
  const order = drawingOrder(paths);
  return layOut(inOrder(paths, order));
};

interface Paths {
  size: number;
  parent: Int32Array;
  depth: Int32Array;
  count: Int32Array;
  errors: Int32Array;
  totalNs: Float64Array;
  selfNs: Float64Array;
  slowest: Int32Array;
  frameOf: Int32Array;
}

/** Frames in the order in which their first spans stand in the tree. */
const pathsOf = ({ tree, durationNs, isError, service, name }: Trace, selfNs: Float64Array): Paths => {
  const operations = dimensionOf(tree.size, (span) => operationOf({ service, name }, span));
  const parent = new Int32Array(tree.size);
  const depth = new Int32Array(tree.size);
  const count = new Int32Array(tree.size);
  const errors = new Int32Array(tree.size);
  const totals = new Float64Array(tree.size);
  const selfs = new Float64Array(tree.size);
  const slowest = new Int32Array(tree.size);
  const frameOf = new Int32Array(tree.size);
  /** By frame above and operation, as one number. */
  const known = new Map<number, number>();
  for (let span = 0; span < tree.size; span++) {
    const above = frameOf[tree.parent[span] ?? -1] ?? -1;
    const key = (above + 1) * operations.labels.length + (operations.codes[span] ?? 0);
    const frame = known.get(key) ?? known.size;
    const ns = Math.max(0, durationNs[span] ?? 0);
    if (frame === known.size) {
      known.set(key, frame);
      parent[frame] = above;
      depth[frame] = tree.depth[span] ?? 0;
      slowest[frame] = span;
    } else if (ns > (durationNs[slowest[frame] ?? 0] ?? 0)) slowest[frame] = span;
    frameOf[span] = frame;
    count[frame] = (count[frame] ?? 0) + 1;
    errors[frame] = (errors[frame] ?? 0) + (isError[span] ?? 0);
    totals[frame] = (totals[frame] ?? 0) + ns;
    selfs[frame] = (selfs[frame] ?? 0) + (selfNs[span] ?? 0);
  }
  return { size: known.size, parent, depth, count, errors, totalNs: totals, selfNs: selfs, slowest, frameOf };
};

/** Row by row; in a row below the same caller first, and there what took longest. */
const drawingOrder = ({ size, parent, depth, totalNs }: Paths): Int32Array => {
  const rows: number[][] = [];
  for (let frame = 0; frame < size; frame++) (rows[depth[frame] ?? 0] ??= []).push(frame);
  const order = new Int32Array(size);
  const place = new Int32Array(size);
  let at = 0;
  for (const row of rows) {
    const placeAbove = (frame: number): number => place[parent[frame] ?? -1] ?? 0;
    row.sort((a, b) => placeAbove(a) - placeAbove(b) || (totalNs[b] ?? 0) - (totalNs[a] ?? 0) || a - b);
    for (const frame of row) {
      order[at] = frame;
      place[frame] = at;
      at += 1;
    }
  }
  return order;
};

const inOrder = (paths: Paths, order: Int32Array): Paths => {
  const place = new Int32Array(paths.size);
  order.forEach((frame, at) => (place[frame] = at));
  const gathered = <Column extends Int32Array | Float64Array>(into: Column, from: Column): Column => {
    for (let at = 0; at < into.length; at++) into[at] = from[order[at] ?? 0] ?? 0;
    return into;
  };
  const ints = (from: Int32Array): Int32Array => gathered(new Int32Array(paths.size), from);
  const floats = (from: Float64Array): Float64Array => gathered(new Float64Array(paths.size), from);
  return {
    size: paths.size,
    parent: ints(paths.parent).map((above) => place[above] ?? -1),
    depth: ints(paths.depth),
    count: ints(paths.count),
    errors: ints(paths.errors),
    totalNs: floats(paths.totalNs),
    selfNs: floats(paths.selfNs),
    slowest: ints(paths.slowest),
    frameOf: paths.frameOf.map((frame) => place[frame] ?? 0),
  };
};

const layOut = (paths: Paths): Flame => {
  const { size, parent, depth, totalNs, selfNs } = paths;
  const left = new Float64Array(size);
  const right = new Float64Array(size);
  const scale = new Float64Array(size).fill(1);
  const calledNs = new Float64Array(size);
  let wholeNs = 0;
  for (let frame = 0; frame < size; frame++) {
    const above = parent[frame] ?? -1;
    if (above < 0) wholeNs += totalNs[frame] ?? 0;
    else calledNs[above] = (calledNs[above] ?? 0) + (totalNs[frame] ?? 0);
  }
  /** How far each frame is filled from the left. */
  const filled = new Float64Array(size);
  let filledTop = 0;
  for (let frame = 0; frame < size; frame++) {
    const above = parent[frame] ?? -1;
    const total = totalNs[frame] ?? 0;
    if (above >= 0) {
      const waitedNs = (totalNs[above] ?? 0) - (selfNs[above] ?? 0);
      scale[frame] = (scale[above] ?? 1) * (total === 0 ? 1 : waitedNs / (calledNs[above] ?? 1));
    }
    const width = wholeNs === 0 ? 0 : (total * (scale[frame] ?? 1)) / wholeNs;
    const from = above < 0 ? filledTop : (left[above] ?? 0) + (filled[above] ?? 0);
    left[frame] = from;
    right[frame] = from + width;
    if (above < 0) filledTop += width;
    else filled[above] = (filled[above] ?? 0) + width;
  }
  return { ...paths, rowStart: rowStarts(depth), left, right, scale, wholeNs };
};

/** One entry more than rows. */
const rowStarts = (depth: Int32Array): Int32Array => {
  const rows = (depth.at(-1) ?? -1) + 1;
  const starts = new Int32Array(rows + 1);
  for (const row of depth) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
  for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  return starts;
};

/** What a frame calls, the longest first: the frames from `from` up to, not including, `to`. They lie side by side, since a row is in the order of the row above. */
export const childFrames = ({ parent, depth, rowStart }: Flame, frame: number): { from: number; to: number } => {
  const row = (depth[frame] ?? 0) + 1;
  return { from: firstChildOf(frame, parent, rowStart, row), to: firstChildOf(frame + 1, parent, rowStart, row) };
};

/** The first frame of `row` whose caller is `frame` or stands behind it. */
const firstChildOf = (frame: number, parent: Int32Array, rowStart: Int32Array, row: number): number => {
  let from = rowStart[row] ?? parent.length;
  let to = rowStart[row + 1] ?? from;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((parent[middle] ?? 0) < frame) from = middle + 1;
    else to = middle;
  }
  return from;
};
