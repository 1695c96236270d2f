import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { operationAt, type Presence, presenceAt, type TraceComparison } from '#proto/analysis/compare-traces';
import { hasChildren } from '#proto/analysis/span-tree';
import { formatCount } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import { serviceColour } from '#ui/model/service-colour.ts';
import { SignedDuration } from '../SignedDuration.tsx';
import styles from './ComparisonTree.module.css';
import { SpanDurationLink } from './SpanDurationLink.tsx';

interface ComparisonRowProps {
  comparison: TraceComparison;
  node: number;
  rowIndex: number;
  topPx: number;
  isSelected: boolean;
  isCursor: boolean;
  isCollapsed: boolean;
}

export const comparisonRowId = (node: number): string => `comparison-${node}`;

/** Deeper ones are not drawn further to the right; their level is said. */
const deepestIndent = 12;
const indentPx = 14;

export const ComparisonRow = memo(({ comparison, node, rowIndex, topPx, isSelected, isCursor, isCollapsed }: ComparisonRowProps) => {
  const { tree, a, b } = comparison;
  const presence = presenceAt(comparison, node);
  const depth = tree.depth[node] ?? 0;
  const isParent = hasChildren(tree, node);
  const totalChange = (b.totalNs[node] ?? 0) - (a.totalNs[node] ?? 0);
  const selfChange = (b.selfNs[node] ?? 0) - (a.selfNs[node] ?? 0);
  return (
    <div
      id={comparisonRowId(node)}
      role="row"
      className={styles['row']}
      aria-rowindex={rowIndex}
      aria-level={depth + 1}
      aria-setsize={tree.siblingCount[node]}
      aria-posinset={tree.siblingNumber[node]}
      aria-selected={isSelected}
      {...(isParent ? { 'aria-expanded': !isCollapsed } : {})}
      data-presence={presence}
      data-cursor={isCursor || undefined}
      style={{ transform: `translateY(${topPx}px)` }}
      data-node={node}
    >
      <span role="gridcell" className={styles['span']} style={{ paddingLeft: Math.min(depth, deepestIndent) * indentPx }}>
        <span className={styles['twisty']} data-twisty>
          {isParent ? isCollapsed ? <ChevronRight size={13} aria-hidden /> : <ChevronDown size={13} aria-hidden /> : undefined}
        </span>
        {depth > deepestIndent ? <span className={styles['depth']}>{depth}</span> : undefined}
        <OperationName comparison={comparison} node={node} presence={presence} />
      </span>
      <span role="gridcell" className={styles['number']}>
        <SpanDurationLink side="a" of={a} node={node} />
      </span>
      <span role="gridcell" className={styles['number']}>
        <SpanDurationLink side="b" of={b} node={node} />
      </span>
      <span role="gridcell" className={styles['number']}>
        <SignedDuration ns={totalChange} />
      </span>
      <span role="gridcell" className={styles['number']}>
        <SignedDuration ns={selfChange} />
      </span>
      <span role="gridcell" className={styles['barCell']}>
        <ChangeBar ns={selfChange} ofNs={Math.max(Number(a.trace.summary.durationNano), Number(b.trace.summary.durationNano))} />
      </span>
    </div>
  );
});

const presenceWords: Record<Presence, { sign: string; words: string }> = {
  both: { sign: '', words: '' },
  a: { sign: '−', words: 'only in A' },
  b: { sign: '+', words: 'only in B' },
};

const OperationName = ({ comparison, node, presence }: { comparison: TraceComparison; node: number; presence: Presence }) => {
  const { service, name } = operationAt(comparison, node);
  const { sign, words } = presenceWords[presence];
  const [before, after] = [comparison.a.count[node] ?? 0, comparison.b.count[node] ?? 0];
  const runs =
    presence === 'both' && before !== after ? `${formatCount(before)} → ${formatCount(after)}×` : countWords(Math.max(before, after));
  return (
    <>
      {sign === '' ? undefined : (
        <span className={styles['presence']} data-presence={presence}>
          <span aria-hidden>{sign}</span>
          <span className={styles['presenceWords']}>{words}</span>
        </span>
      )}
      <span className={styles['stripe']} style={{ background: serviceColour(service).fill }} aria-hidden />
      <span className={styles['name']} title={`${inertText(service)}\n${inertText(name)}`}>
        {inertText(name).slice(0, 400).trim() || <em>no name</em>}
      </span>
      {runs === '' ? undefined : (
        <span
          className={styles['runs']}
          data-changed={before !== after || undefined}
          title={`Runs ${formatCount(before)} times in A, ${formatCount(after)} in B`}
        >
          {runs}
        </span>
      )}
    </>
  );
};

const countWords = (count: number): string => (count > 1 ? `${formatCount(count)}×` : '');

/** Longer to the right, shorter to the left, from the middle; by square root, so that small ones are seen. */
const ChangeBar = ({ ns, ofNs }: { ns: number; ofNs: number }) => {
  const share = ofNs === 0 ? 0 : Math.min(1, Math.sqrt(Math.abs(ns) / ofNs));
  if (share < 0.02) return undefined;
  return <span className={styles['bar']} data-direction={ns > 0 ? 'more' : 'less'} style={{ width: `${share * 50}%` }} aria-hidden />;
};
