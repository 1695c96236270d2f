import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type Flame, flameOf } from '#proto/analysis/flame';
import { plural } from '#proto/text/count';
import { findSpans } from '#ui/model/find-spans.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import type { TabProps } from '../trace-tab.ts';
import { useSelfTimes } from '../use-self-times.ts';
import { View } from '../View.tsx';
import { flameStep } from './flame-keys.ts';
import { flameRowPx, windowOf } from './flame-geometry.ts';
import { FlameCanvas } from './FlameCanvas.tsx';
import styles from './FlameGraph.module.css';
import { FlamePath } from './FlamePath.tsx';
import { FlameTree } from './FlameTree.tsx';

const group = 'Flame graph';

/** Where the time of a trace goes, by path: what was called in the same way is one frame (`analysis/flame.ts`). One frame can be shown at full width. */
export const FlameGraph = ({ trace, search, onSearch, selected, onSelect, onClose }: TabProps) => {
  const selfNs = useSelfTimes(trace);
  const flame = useMemo(() => flameOf(trace, selfNs), [trace, selfNs]);
  const isFound = useMemo(() => framesWith(flame, findSpans(trace, search.find ?? '')?.spans), [flame, trace, search.find]);
  const tree = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const zoomed = flame.frameOf[trace.spanId.indexOf(search.frame ?? '') ?? -1];
  const selectedFrame = flame.frameOf[selected ?? -1];
  // By span id, because frames shift when late spans arrive.
  const [cursorId, setCursorId] = useState<string>();
  const [hasFocus, setHasFocus] = useState(false);
  const cursor = flame.frameOf[trace.spanId.indexOf(cursorId ?? '') ?? -1] ?? selectedFrame ?? zoomed ?? 0;
  const idOf = (frame: number): string => trace.spanId.at(flame.slowest[frame] ?? 0);

  const moveTo = (frame: number): void => {
    setCursorId(idOf(frame));
    const box = scroller.current;
    const topPx = (flame.depth[frame] ?? 0) * flameRowPx;
    if (box === null) return;
    if (topPx < box.scrollTop) box.scrollTop = topPx;
    else if (topPx + 2 * flameRowPx > box.scrollTop + box.clientHeight) box.scrollTop = topPx + 2 * flameRowPx - box.clientHeight;
    // A frame that is out of view is shown with what called it.
    const window = windowOf(flame, zoomed);
    if ((flame.right[frame] ?? 0) <= window.from || (flame.left[frame] ?? 0) >= window.to) onSearch({ frame: undefined }, true);
  };
  const zoomTo = (frame: number | undefined): void => {
    if (frame !== undefined) setCursorId(idOf(frame));
    onSearch({ frame: frame === undefined ? undefined : idOf(frame) }, false);
    tree.current?.focus({ preventScroll: true });
  };
  const open = (frame: number): void => {
    setCursorId(idOf(frame));
    onSelect(flame.slowest[frame] ?? 0, false);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = flameStep(event.key, flame, cursor);
    if (next !== undefined) moveTo(next);
    else if (event.key === 'Enter') zoomTo(cursor);
    else if (event.key === ' ' || event.key === 'o') open(cursor);
    else if (event.key === 'Escape' && zoomed !== undefined) zoomTo(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useShortcuts([
    { keys: 'Enter', label: 'Show the frame at full width', group },
    { keys: 'o', label: 'Open the longest span of the frame', group },
    { keys: '0', label: 'Show the whole trace', group, run: () => zoomTo(undefined) },
  ]);
  useEffect(() => {
    // Whoever has the keyboard keeps it; nobody does after a view was left by a key.
    if (document.activeElement === document.body) tree.current?.focus({ preventScroll: true });
  }, []);

  return (
    <View
      label="Flame graph"
      onClose={onClose}
      note={`${plural(flame.size, 'frame')} of ${plural(trace.tree.size, 'span')}`}
      tools={<FlamePath trace={trace} flame={flame} zoomed={zoomed} onZoom={zoomTo} />}
    >
      <div ref={scroller} className={styles['scroller']}>
        <FlameTree
          ref={tree}
          trace={trace}
          flame={flame}
          cursor={cursor}
          zoomed={zoomed}
          selected={selectedFrame}
          onKeyDown={onKeyDown}
          onFocus={setHasFocus}
        />
        <FlameCanvas
          scene={{
            trace,
            flame,
            window: windowOf(flame, zoomed),
            zoomed,
            cursor: hasFocus ? cursor : undefined,
            selected: selectedFrame,
            isFound,
          }}
          scroller={scroller}
          onZoom={zoomTo}
          onOpen={open}
        />
      </div>
    </View>
  );
};

/** 1 for each frame that holds one of `spans`. */
const framesWith = (flame: Flame, spans: Int32Array | undefined): Uint8Array | undefined => {
  if (spans === undefined) return undefined;
  const isFound = new Uint8Array(flame.size);
  for (const span of spans) isFound[flame.frameOf[span] ?? 0] = 1;
  return isFound;
};
