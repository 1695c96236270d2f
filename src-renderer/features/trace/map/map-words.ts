import type { MapEdge, MapNode, TraceMap } from '#proto/analysis/trace-map';
import { formatCount, plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { inertText } from '#proto/text/inert-text';

export const nodeName = (node: MapNode | undefined): string => inertText(node?.name ?? '').slice(0, 200) || 'no name';

/** What kind of thing a node is, and how much of it there is in the trace. */
export const nodeFacts = ({ kind, system, spanCount }: MapNode): string => {
  if (kind === 'service') return plural(spanCount, 'span');
  if (kind === 'external') return 'sends no spans here';
  return inertText(system).slice(0, 40) || kind;
};

/** ` · 2 errors`; empty where nothing failed. */
export const nodeErrors = ({ errorCount }: MapNode): string => (errorCount === 0 ? '' : ` · ${plural(errorCount, 'error')}`);

const kindNames = { call: 'Call', messaging: 'Messages', database: 'Database' } as const;
export const edgeKindName = (kind: MapEdge['kind']): string => kindNames[kind];

/** Beside the line: `3 · 24 ms`. */
export const edgeLabel = ({ count, totalNs }: MapEdge): string => `${formatCount(count)} · ${formatDuration(totalNs)}`;

/** `api calls payment: 3 calls, 24 ms, 1 failed`. */
export const edgeInWords = ({ nodes }: TraceMap, edge: MapEdge): string => {
  const parts = [`${plural(edge.count, 'call')}, ${formatDuration(edge.totalNs)}`];
  if (edge.errorCount > 0) parts.push(`${formatCount(edge.errorCount)} failed`);
  if (edge.unansweredCount > 0) parts.push(`${formatCount(edge.unansweredCount)} without an answering span`);
  return `${nodeName(nodes[edge.from])} calls ${nodeName(nodes[edge.to])}: ${parts.join(', ')}`;
};

/** What the box of a node does not say. */
export const nodeInWords = ({ nodes, edges }: TraceMap, index: number): string => {
  const node = nodes[index];
  if (node === undefined) return '';
  const calls = edges.filter(({ from }) => from === index).length;
  const callers = edges.filter(({ to }) => to === index).length;
  return `${nodeName(node)}, ${node.kind}, called by ${callers}, calls ${calls}`;
};
