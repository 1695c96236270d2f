import { clsx } from 'clsx';
import { ChevronDown, ChevronRight, CircleAlert, ScrollText, Zap } from 'lucide-react';
import { memo } from 'react';
import { formatCount, formatShortCount, plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { inertText } from '#ui/model/inert-text.ts';
import { serviceColour } from '#ui/model/service-colour.ts';
import { descendantCount, hasChildren, Placement } from '#proto/analysis/span-tree';
import { errorsBelow, type Trace } from '#proto/analysis/trace';
import { rowHeightPx } from './geometry.ts';
import styles from './NameRow.module.css';

interface NameRowProps {
  trace: Trace;
  span: number;
  row: number;
  isCollapsed: boolean;
  isSelected: boolean;
  /** The row that the keyboard is on. */
  isCursor: boolean;
  isHovered: boolean;
}

/** Deeper levels keep this indentation and say their depth instead, or the name would leave the column. */
const deepestIndent = 12;
const indentPx = 12;

export const rowId = (spanId: string): string => `span-${spanId}`;

/** One span in the tree of names. For a screen reader it says in words what its bar shows. Clicks are handled by the column. */
export const NameRow = memo(({ trace, span, row, isCollapsed, isSelected, isCursor, isHovered }: NameRowProps) => {
  const { tree } = trace;
  const depth = tree.depth[span] ?? 0;
  const isParent = hasChildren(tree, span);
  const isOrphan = tree.placement[span] !== Placement.child && tree.placement[span] !== Placement.root;
  const name = inertText(trace.name.at(span).trim()).slice(0, 300);
  const service = inertText(trace.service.at(span).trim()).slice(0, 120);
  const indent = Math.min(depth, deepestIndent);
  return (
    <div
      id={rowId(trace.spanId.at(span))}
      role="treeitem"
      className={clsx(styles['row'], isSelected && styles['selected'], isCursor && styles['cursor'], isHovered && styles['hovered'])}
      style={{ transform: `translateY(${row * rowHeightPx}px)` }}
      data-span={span}
      aria-level={depth + 1}
      aria-posinset={tree.siblingNumber[span]}
      aria-setsize={tree.siblingCount[span]}
      aria-selected={isSelected}
      aria-expanded={isParent ? !isCollapsed : undefined}
      title={`${name || 'no name'}\n${service || 'no service name'}`}
    >
      <span className={styles['guides']} style={{ width: indent * indentPx }} aria-hidden />
      <span className={styles['twisty']} data-twisty={isParent ? '' : undefined} aria-hidden>
        {isParent ? isCollapsed ? <ChevronRight size={12} /> : <ChevronDown size={12} /> : undefined}
      </span>
      <span className={styles['stripe']} style={{ background: serviceColour(trace.service.at(span)).fill }} aria-hidden />
      {depth > deepestIndent ? (
        <span className={styles['depth']} aria-hidden>
          {depth}
        </span>
      ) : undefined}
      {trace.isError[span] === 1 ? <CircleAlert className={styles['error']} size={12} aria-hidden /> : undefined}
      <span className={styles['label']}>
        <span className={clsx(styles['name'], trace.isError[span] === 1 && styles['failed'], name === '' && styles['unnamed'])}>
          {name || 'no name'}
        </span>
        <span className={styles['service']}> {service}</span>
      </span>
      <span className="visually-hidden">, {spokenBar(trace, span)}</span>
      {isOrphan ? (
        <span className={styles['orphan']}>{tree.placement[span] === Placement.parentMissing ? 'no parent yet' : 'cycle'}</span>
      ) : undefined}
      <Marks trace={trace} span={span} isCollapsed={isCollapsed} />
    </div>
  );
});

const Marks = ({ trace, span, isCollapsed }: { trace: Trace; span: number; isCollapsed: boolean }) => {
  const events = trace.eventCount[span] ?? 0;
  const logs = trace.logCount[span] ?? 0;
  const hidden = isCollapsed ? descendantCount(trace.tree, span) : 0;
  const hiddenErrors = isCollapsed ? errorsBelow(trace, span) : 0;
  return (
    <span className={styles['marks']} aria-hidden>
      {events > 0 ? (
        <span className={styles['mark']} title={plural(events, 'event')}>
          <Zap size={10} />
          {formatShortCount(events)}
        </span>
      ) : undefined}
      {logs > 0 ? (
        <span className={styles['mark']} title={plural(logs, 'log record')}>
          <ScrollText size={10} />
          {formatShortCount(logs)}
        </span>
      ) : undefined}
      {hiddenErrors > 0 ? (
        <span className={clsx(styles['mark'], styles['hiddenErrors'])} title={`${plural(hiddenErrors, 'error')} below`}>
          <CircleAlert size={10} />
          {formatShortCount(hiddenErrors)}
        </span>
      ) : undefined}
      {hidden > 0 ? (
        <span className={styles['hiddenSpans']} title={`${plural(hidden, 'span')} below`}>
          +{formatShortCount(hidden)}
        </span>
      ) : undefined}
    </span>
  );
};

/** What the bar shows, in words. */
const spokenBar = (trace: Trace, span: number): string => {
  const hidden = descendantCount(trace.tree, span);
  return [
    formatDuration(trace.durationNs[span] ?? 0),
    `starts at ${formatDuration(trace.startNs[span] ?? 0)}`,
    trace.isError[span] === 1 ? 'error' : '',
    trace.logCount[span] ? plural(trace.logCount[span], 'log record') : '',
    hidden > 0 ? `${formatCount(hidden)} below` : '',
  ]
    .filter(Boolean)
    .join(', ');
};
