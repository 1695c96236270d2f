import { clsx } from 'clsx';
import { ChevronDown, ChevronRight, CircleAlert, Crosshair } from 'lucide-react';
import { memo } from 'react';
import { formatCount, formatShortCount } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { hasChildren } from '#proto/analysis/span-tree';
import { foundIn, type FoundSpans } from '#ui/model/find-spans.ts';
import { serviceColour } from '#ui/model/service-colour.ts';
import { rowHeightPx } from './geometry.ts';
import styles from './NameRow.module.css';
import { RowMarks } from './RowMarks.tsx';
import { nameOf, serviceOf, spokenRow } from './row-words.ts';
import { endOfRow, type Scene } from './scene.ts';

interface NameRowProps {
  scene: Scene;
  row: number;
  isSelected: boolean;
  /** The row that the keyboard is on. */
  isCursor: boolean;
  isHovered: boolean;
  /** Came in after the timeline was opened, a moment ago. */
  isLate: boolean;
}

/** Deeper levels keep this indentation and say their depth instead, or the name would leave the column. */
const deepestIndent = 12;
const indentPx = 12;

export const rowId = (spanId: string): string => `span-${spanId}`;

/**
 * One row in the tree of names: a span, or a folded run of similar ones. For a screen reader it says in words what its bar shows. Clicks are handled by the column, which finds what was
 * meant by `data-act`.
 */
export const NameRow = memo(({ scene, row, isSelected, isCursor, isHovered, isLate }: NameRowProps) => {
  const { trace, scope, collapsed, rows, runs, found, critical } = scene;
  const { tree } = trace;
  const span = rows.spans[row] ?? 0;
  const run = rows.runs[row] ?? -1;
  const isRun = run >= 0;
  const end = endOfRow(scene, row);
  const depth = (tree.depth[span] ?? 0) - scope.depth;
  const isOpenable = isRun || hasChildren(tree, span);
  const isClosed = isRun || collapsed[span] === 1;
  const isError = trace.isError[span] === 1;
  const isTop = span === scope.root;
  return (
    <div
      id={rowId(trace.spanId.at(span))}
      role="treeitem"
      className={clsx(
        styles['row'],
        isSelected && styles['selected'],
        isCursor && styles['cursor'],
        isHovered && styles['hovered'],
        critical !== undefined && !critical.has(span, end) && styles['offPath'],
      )}
      style={{ top: row * rowHeightPx }}
      data-span={span}
      aria-level={depth + 1}
      aria-posinset={isTop ? 1 : tree.siblingNumber[span]}
      aria-setsize={isTop ? 1 : tree.siblingCount[span]}
      aria-selected={isSelected}
      aria-expanded={isOpenable ? !isClosed : undefined}
    >
      <span className={styles['guides']} style={{ width: Math.min(depth, deepestIndent) * indentPx }} aria-hidden />
      <span className={styles['twisty']} data-act={isOpenable ? 'toggle' : undefined} aria-hidden>
        {isOpenable ? isClosed ? <ChevronRight size={12} /> : <ChevronDown size={12} /> : undefined}
      </span>
      <span className={styles['stripe']} style={{ background: serviceColour(trace.service.at(span)).fill }} aria-hidden />
      {depth > deepestIndent ? (
        <span className={styles['depth']} aria-hidden>
          {depth}
        </span>
      ) : undefined}
      {isError ? <CircleAlert className={styles['error']} size={12} aria-hidden /> : undefined}
      {isRun ? (
        <span className={styles['times']} aria-hidden>
          ×{formatCount(runs.count[run] ?? 0)}
        </span>
      ) : undefined}
      <span className={styles['label']} title={`${nameOf(trace, span)}\n${serviceOf(trace, span)}`}>
        <span className={clsx(styles['name'], isError && styles['failed'], trace.name.at(span).trim() === '' && styles['unnamed'])}>
          <Marked text={nameOf(trace, span)} found={found} />
        </span>
        <span className={styles['service']}>
          {' '}
          <Marked text={serviceOf(trace, span)} found={found} />
        </span>
      </span>
      <span className="visually-hidden">, {spokenRow(scene, row)}</span>
      {isLate ? <span className={styles['late']}>just arrived</span> : undefined}
      {isRun ? (
        <span className={styles['total']} aria-hidden>
          {formatDuration(runs.totalNs[run] ?? 0)} total
        </span>
      ) : (
        <RunStart scene={scene} span={span} />
      )}
      <RowMarks scene={scene} row={row} />
      {isRun || isTop || !isOpenable ? undefined : (
        <span className={styles['focus']} data-act="root" title="Show only this span and what is below it (r)" aria-hidden>
          <Crosshair size={12} />
        </span>
      )}
    </div>
  );
});

/** A text with what is looked for marked in it. */
const Marked = ({ text, found }: { text: string; found: FoundSpans | undefined }) => {
  const parts = found === undefined ? undefined : foundIn(found, text);
  if (parts === undefined) return text;
  return (
    <>
      {parts[0]}
      <mark>{parts[1]}</mark>
      {parts[2]}
    </>
  );
};

/** On the first span of an open run: what folds it again. */
const RunStart = ({ scene: { runs, foldsRuns, scope }, span }: { scene: Scene; span: number }) => {
  const run = runs.of[span] ?? -1;
  if (!foldsRuns || run < 0 || runs.first[run] !== span || scope.root === span) return undefined;
  const count = runs.count[run] ?? 0;
  return (
    <span
      className={styles['foldRun']}
      data-act="fold-run"
      title={`Fold ${formatCount(count)} similar spans to one row (Left arrow)`}
      aria-hidden
    >
      ×{formatShortCount(count)}
    </span>
  );
};
