import type { SpanIds } from '#proto/analysis/span-ids';
import { hasChildren, type SpanTree } from '#proto/analysis/span-tree';

/**
 * What is folded away, small enough for a URL however large the trace: a rule and its exceptions. Spans at `fromDepth` and deeper are collapsed (none where it is
 * undefined), apart from those in `toggled`, where it is the other way round. Late spans follow the rule, so nothing unfolds by itself.
 */
export interface Collapse {
  readonly fromDepth: number | undefined;
  /** Span ids, oldest first. */
  readonly toggled: readonly string[];
}

export const nothingCollapsed: Collapse = { fromDepth: undefined, toggled: [] };

/** As many exceptions as a URL carries with ease; the oldest goes first. */
export const mostToggled = 128;

interface Named {
  readonly tree: SpanTree;
  readonly spanId: SpanIds;
}

/** One flag a span. A span without children is never collapsed. */
export const collapsedSpans = ({ tree, spanId }: Named, { fromDepth, toggled }: Collapse): Uint8Array => {
  const flags = new Uint8Array(tree.size);
  if (fromDepth !== undefined) {
    for (let span = 0; span < tree.size; span++) {
      if ((tree.depth[span] ?? 0) >= fromDepth && hasChildren(tree, span)) flags[span] = 1;
    }
  }
  for (const id of toggled) {
    const span = spanId.indexOf(id);
    if (span !== undefined && hasChildren(tree, span)) flags[span] = flags[span] === 1 ? 0 : 1;
  }
  return flags;
};

export const toggle = (collapse: Collapse, spanId: string): Collapse => {
  const { fromDepth, toggled } = collapse;
  if (toggled.includes(spanId)) return { fromDepth, toggled: toggled.filter((id) => id !== spanId) };
  return { fromDepth, toggled: [...toggled, spanId].slice(-mostToggled) };
};

/** Unfolds the ancestors of a span. Where that takes more exceptions than are kept, everything is unfolded: a span that was asked for must be seen. */
export const reveal = (named: Named, collapse: Collapse, span: number): Collapse => {
  const flags = collapsedSpans(named, collapse);
  let revealed = collapse;
  let kept = true;
  for (let above = named.tree.parent[span] ?? -1; above >= 0 && kept; above = named.tree.parent[above] ?? -1) {
    if (flags[above] !== 1) continue;
    const id = named.spanId.at(above);
    kept = revealed.toggled.includes(id) || revealed.toggled.length < mostToggled;
    revealed = toggle(revealed, id);
  }
  return kept ? revealed : nothingCollapsed;
};
