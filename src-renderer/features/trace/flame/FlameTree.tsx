import { type KeyboardEventHandler, type Ref, useId } from 'react';
import { childFrames, type Flame } from '#proto/analysis/flame';
import type { Trace } from '#proto/analysis/trace';
import { plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { inertText } from '#proto/text/inert-text';
import { scaleNote } from './FlameCard.tsx';
import styles from './FlameGraph.module.css';

interface FlameTreeProps {
  trace: Trace;
  flame: Flame;
  cursor: number;
  zoomed: number | undefined;
  selected: number | undefined;
  onKeyDown: KeyboardEventHandler;
  onFocus: (hasFocus: boolean) => void;
  ref: Ref<HTMLDivElement>;
}

/** Siblings that are in the document on either side of the cursor, and callers above it. */
const nearby = 8;
const mostCallers = 40;

/** The frames as a tree that a screen reader walks: what the canvas shows, in words. Only those around the one that has the keyboard are in the document. */
export const FlameTree = ({ trace, flame, cursor, zoomed, selected, onKeyDown, onFocus, ref }: FlameTreeProps) => {
  const id = useId();
  return (
    <div
      ref={ref}
      className={styles['tree']}
      role="tree"
      aria-label="Frames"
      aria-activedescendant={flame.size === 0 ? undefined : `${id}-${cursor}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
    >
      <div className="visually-hidden" role="group">
        {around(flame, cursor).map((frame) => (
          <div
            key={frame}
            id={`${id}-${frame}`}
            role="treeitem"
            tabIndex={-1}
            aria-level={(flame.depth[frame] ?? 0) + 1}
            aria-selected={frame === selected}
            aria-expanded={hasCalls(flame, frame) ? true : undefined}
            aria-current={frame === zoomed ? 'true' : undefined}
          >
            {inWords(trace, flame, frame)}
          </div>
        ))}
      </div>
    </div>
  );
};

const hasCalls = (flame: Flame, frame: number): boolean => {
  const { from, to } = childFrames(flame, frame);
  return to > from;
};

const around = (flame: Flame, cursor: number): number[] => {
  const callers: number[] = [];
  for (let frame = flame.parent[cursor] ?? -1; frame >= 0 && callers.length < mostCallers; frame = flame.parent[frame] ?? -1)
    callers.unshift(frame);
  const row = flame.depth[cursor] ?? 0;
  const first = Math.max(flame.rowStart[row] ?? 0, cursor - nearby);
  const end = Math.min(flame.rowStart[row + 1] ?? 0, cursor + nearby + 1);
  const { from, to } = childFrames(flame, cursor);
  return [...callers, ...beside(first, cursor + 1), ...beside(from, Math.min(to, from + nearby)), ...beside(cursor + 1, end)];
};

/** The numbers from `from` up to, not including, `to`. */
const beside = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

const inWords = (trace: Trace, flame: Flame, frame: number): string => {
  const span = flame.slowest[frame] ?? 0;
  const errors = flame.errors[frame] ?? 0;
  const name = inertText(trace.name.at(span)).slice(0, 200) || 'no name';
  return [
    `${name}, ${inertText(trace.service.at(span)) || 'no service name'}`,
    plural(flame.count[frame] ?? 0, 'span'),
    `total ${formatDuration(flame.totalNs[frame] ?? 0)}`,
    `self ${formatDuration(flame.selfNs[frame] ?? 0)}`,
    ...(errors === 0 ? [] : [plural(errors, 'error')]),
    ...(scaleNote(flame, frame) === '' ? [] : [scaleNote(flame, frame)]),
  ].join(', ');
};
