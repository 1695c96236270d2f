import { type KeyboardEvent, type MouseEvent, type Ref, useSyncExternalStore } from 'react';
import { type RowRange, rowAt } from '#ui/canvas/rows-in-view.ts';
import { rowHeightPx } from './geometry.ts';
import { NameRow, rowId } from './NameRow.tsx';
import { type Scene, timeOfRow } from './scene.ts';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';

/** What a click on a row means: the row itself, its twisty, the mark that folds its run, or the one that makes it the top. */
export type RowAct = 'row' | 'toggle' | 'fold-run' | 'root';

interface NameColumnProps {
  ref: Ref<HTMLDivElement>;
  scene: Scene;
  range: RowRange;
  selected: number | undefined;
  /** The row that the keyboard is on. */
  cursorRow: number;
  isLate: (span: number) => boolean;
  store: TimelineStore;
  onAct: (act: RowAct, row: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * The names, as a tree that a screen reader and the keyboard can walk. Only the rows of `range` exist, and the one that the keyboard is on, wherever it is: the tree keeps the
 * focus and names that row as its active descendant, so scrolling it away loses nothing.
 */
export const NameColumn = ({ ref, scene, range, selected, cursorRow, isLate, store, onAct, onKeyDown }: NameColumnProps) => {
  const { trace, rows } = scene;
  const hoveredRow = useSyncExternalStore(store.subscribe, () => store.view.hover?.row);
  const shown = Array.from({ length: range.end - range.first }, (_, index) => range.first + index);
  if (cursorRow < range.first) shown.unshift(cursorRow);
  else if (cursorRow >= range.end && cursorRow < rows.spans.length) shown.push(cursorRow);

  const rowUnder = (event: MouseEvent<HTMLElement>): number | undefined =>
    rowAt(event.clientY - event.currentTarget.getBoundingClientRect().top, rowHeightPx, rows.spans.length);
  return (
    <div
      ref={ref}
      className={styles['names']}
      role="tree"
      aria-label="Spans"
      tabIndex={0}
      aria-activedescendant={rowId(trace.spanId.at(rows.spans[cursorRow] ?? -1))}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = rowUnder(event);
        if (row !== undefined) onAct(actOf(event.target), row);
      }}
      onDoubleClick={(event) => {
        const row = rowUnder(event);
        if (row !== undefined && actOf(event.target) === 'row') store.showAround(timeOfRow(scene, row));
      }}
    >
      {shown.map((row) => {
        const span = rows.spans[row] ?? 0;
        return (
          <NameRow
            key={trace.spanId.at(span)}
            scene={scene}
            row={row}
            isSelected={span === selected && rows.runs[row] === -1}
            isCursor={row === cursorRow}
            isHovered={row === hoveredRow}
            isLate={isLate(span)}
          />
        );
      })}
    </div>
  );
};

const acts: ReadonlySet<string> = new Set<RowAct>(['toggle', 'fold-run', 'root']);

const actOf = (target: EventTarget): RowAct => {
  const act = target instanceof Element ? target.closest<HTMLElement>('[data-act]')?.dataset['act'] : undefined;
  return act !== undefined && acts.has(act) ? (act as RowAct) : 'row';
};
