import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { operationAt, type TraceComparison } from '#proto/analysis/compare-traces';
import type { TraceChange } from '#proto/analysis/trace-changes';
import { formatCount, plural } from '#proto/text/count';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { useListKeys } from '#ui/state/use-list-keys.ts';
import { SignedDuration } from '../SignedDuration.tsx';
import styles from './ChangeList.module.css';

interface ChangeListProps {
  comparison: TraceComparison;
  /** Biggest first. */
  changes: readonly TraceChange[];
  selected: number | undefined;
  onSelect: (node: number) => void;
}

const rowPx = 48;

/** What changed, biggest first; each leads to its place in the tree. */
export const ChangeList = ({ comparison, changes, selected, onSelect }: ChangeListProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rows = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...(active < range.count ? [active] : [])])].toSorted((x, y) => x - y),
  });
  const focus = (index: number): void => {
    setActive(index);
    rows.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-change="${index}"]`)?.focus({ preventScroll: true }));
    const change = changes[index];
    if (change !== undefined) onSelect(change.node);
  };
  useListKeys({
    rowCount: changes.length,
    active: () => (selected === undefined ? -1 : active),
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1),
    onMove: focus,
  });
  return (
    <section className={styles['pane']} aria-label="Changes">
      <h2 className={styles['title']}>Biggest changes</h2>
      {changes.length === 0 ? <p className={styles['none']}>Nothing differs: every span took exactly as long.</p> : undefined}
      <div ref={scroller} className={styles['scroller']}>
        <ol className={styles['list']} style={{ height: rows.getTotalSize() }} aria-label="Changes, the biggest first">
          {rows.getVirtualItems().map(({ index, start }) => {
            const change = changes[index];
            return change === undefined ? undefined : (
              <li
                key={change.node}
                className={styles['item']}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={changes.length}
                aria-posinset={index + 1}
              >
                <button
                  type="button"
                  className={styles['change']}
                  aria-pressed={change.node === selected}
                  tabIndex={index === active ? 0 : -1}
                  data-change={index}
                  onClick={() => {
                    setActive(index);
                    onSelect(change.node);
                  }}
                >
                  <ChangeText comparison={comparison} change={change} />
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
};

const ChangeText = ({ comparison, change }: { comparison: TraceComparison; change: TraceChange }) => {
  const { service, name } = operationAt(comparison, change.node);
  return (
    <>
      <span className={styles['first']}>
        <span className={styles['name']} title={inertText(name)}>
          {inertText(name).slice(0, 200).trim() || 'no name'}
        </span>
        <SignedDuration ns={change.selfChangeNs} />
      </span>
      <span className={styles['second']}>
        <ServiceBadge name={service} />
        <span className={styles['how']}>{howWords(comparison, change)}</span>
      </span>
    </>
  );
};

/** What happened there, in a few words. */
const howWords = ({ a, b }: TraceComparison, { node, presence, spansInA, spansInB, errorsInA, errorsInB }: TraceChange): string => {
  if (presence === 'b') return `+ only in B, ${plural(spansInB, 'span')}`;
  if (presence === 'a') return `− only in A, ${plural(spansInA, 'span')}`;
  const [before, after] = [a.count[node] ?? 0, b.count[node] ?? 0];
  const words = [
    ...(before === after ? [] : [`ran ${formatCount(before)} → ${formatCount(after)} times`]),
    ...(errorsInA === errorsInB ? [] : [`${formatCount(errorsInA)} → ${formatCount(errorsInB)} failed`]),
  ];
  return words.join(', ');
};
