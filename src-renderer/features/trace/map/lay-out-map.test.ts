import { describe, expect, it } from 'vitest';
import type { MapEdge, MapNode } from '#proto/analysis/trace-map';
import { layOutMap, nodeHeightPx, nodeTowards, nodeWidthPx } from './lay-out-map.ts';

const node = (name: string): MapNode => ({ kind: 'service', name, system: '', spanCount: 1, errorCount: 0 });
const edge = (from: number, to: number): MapEdge => ({ from, to, kind: 'call', count: 1, errorCount: 0, unansweredCount: 0, totalNs: 1 });
/** `web` calls `api` and itself; `api` calls `db` and, back, `web`. */
const map = { nodes: ['web', 'api', 'db'].map(node), edges: [edge(0, 1), edge(1, 2), edge(0, 0), edge(1, 0)], edgeOf: new Int32Array() };
const placed = layOutMap(map, ['1 · 1 ns', '1 · 1 ns', '1 · 1 ns', '1 · 1 ns']);

describe('layOutMap', () => {
  it('puts callers to the left, and no box upon another', () => {
    const [web, api, db] = placed.nodes;
    expect((api?.xPx ?? 0) - (web?.xPx ?? 0)).toBeGreaterThan(nodeWidthPx);
    expect((db?.xPx ?? 0) - (api?.xPx ?? 0)).toBeGreaterThan(nodeWidthPx);
    expect(placed.heightPx).toBeGreaterThanOrEqual(nodeHeightPx);
  });

  it('has a way and a place for the label of every line, also of circles', () => {
    for (const { points, label } of placed.edges) {
      expect(points.length).toBeGreaterThan(1);
      expect(label.xPx).toBeGreaterThan(0);
    }
  });

  it('has nothing to lay out', () => expect(layOutMap({ nodes: [], edges: [], edgeOf: new Int32Array() }, []).nodes).toEqual([]));
});

describe('nodeTowards', () => {
  it('goes to the neighbour, and stays where there is none', () => {
    expect(nodeTowards('ArrowRight', placed, 0)).toBe(1);
    expect(nodeTowards('ArrowLeft', placed, 2)).toBe(1);
    expect(nodeTowards('ArrowLeft', placed, 0)).toBe(0);
    expect(nodeTowards('Enter', placed, 0)).toBeUndefined();
  });
});
