import { Graph, layout } from '@dagrejs/dagre';
import type { TraceMap } from '#proto/analysis/trace-map';

export const nodeWidthPx = 176;
export const nodeHeightPx = 48;
const labelHeightPx = 16;
const letterPx = 6.2;
const marginPx = 16;

export interface PlacedMap {
  widthPx: number;
  heightPx: number;
  /** Middle of each node. */
  nodes: readonly { xPx: number; yPx: number }[];
  /** The way of each edge from box to box, and the middle of its label. */
  edges: readonly { points: readonly { xPx: number; yPx: number }[]; label: { xPx: number; yPx: number } }[];
}

/** Callers to the left of what they call. `labels`: one an edge. */
export const layOutMap = ({ nodes, edges }: TraceMap, labels: readonly string[]): PlacedMap => {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 72, edgesep: 18, marginx: marginPx, marginy: marginPx });
  for (const index of nodes.keys()) graph.setNode(String(index), { width: nodeWidthPx, height: nodeHeightPx });
  for (const [index, { from, to }] of edges.entries()) {
    const width = (labels[index]?.length ?? 0) * letterPx + 8;
    graph.setEdge(String(from), String(to), { width, height: labelHeightPx, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    widthPx: width,
    heightPx: height,
    nodes: nodes.map((_, index) => placeOf(graph.node(String(index)))),
    edges: edges.map(({ from, to }, index) => {
      const edge = graph.edge(String(from), String(to), String(index)) as Place & { points?: readonly Place[] };
      return { points: (edge.points ?? []).map(placeOf), label: placeOf(edge) };
    }),
  };
};

interface Place {
  x?: number;
  y?: number;
}

const placeOf = ({ x = 0, y = 0 }: Place): { xPx: number; yPx: number } => ({ xPx: x, yPx: y });

/** A smooth line through the points of an edge, as the `d` of a path. */
export const curveThrough = (points: readonly { xPx: number; yPx: number }[]): string => {
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  const parts = [`M${first.xPx},${first.yPx}`];
  // Through the middles between points, bent towards the points: no corner, and never outside of them.
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${point.xPx},${point.yPx}`);
    else parts.push(`Q${point.xPx},${point.yPx} ${(point.xPx + next.xPx) / 2},${(point.yPx + next.yPx) / 2}`);
  }
  return parts.join('');
};

/** The node that an arrow key goes to: the nearest one in its direction, what lies off to the side counting double. */
export const nodeTowards = (key: string, { nodes }: PlacedMap, from: number): number | undefined => {
  const direction = directions.get(key);
  const origin = nodes[from];
  if (direction === undefined || origin === undefined) return undefined;
  let best: number | undefined;
  let leastPx = Number.POSITIVE_INFINITY;
  for (const [index, { xPx, yPx }] of nodes.entries()) {
    const alongPx = (xPx - origin.xPx) * direction.x + (yPx - origin.yPx) * direction.y;
    const asidePx = Math.abs((xPx - origin.xPx) * direction.y) + Math.abs((yPx - origin.yPx) * direction.x);
    if (alongPx < 1 || alongPx + 2 * asidePx >= leastPx) continue;
    leastPx = alongPx + 2 * asidePx;
    best = index;
  }
  return best ?? from;
};

const directions = new Map([
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowDown', { x: 0, y: 1 }],
  ['ArrowUp', { x: 0, y: -1 }],
]);
