import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useRef, useState } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';
import styles from './SplitPane.module.css';

interface SplitPaneProps {
  /** Names the remembered size, e.g. `trace.inspector`. */
  id: string;
  /** Of the handle: "Resize span details". */
  label: string;
  main: ReactNode;
  /** The pane at the right edge (`side="right"`) or bottom edge; without it `main` has all the room and keeps its state. */
  aside: ReactNode | undefined;
  side?: 'right' | 'bottom';
  initialPx: number;
  minPx: number;
  /** What `main` keeps, however small the window gets. */
  minMainPx: number;
}

const keyStepPx = 16;

/** Two panes with a handle between them: drag it, or focus it and press the arrow keys; double click takes it back to the start. The size is remembered. */
export const SplitPane = ({ id, label, main, aside, side = 'right', initialPx, minPx, minMainPx }: SplitPaneProps) => {
  const frame = useRef<HTMLDivElement>(null);
  const [sizePx, setSizePx] = useState(() => Math.max(minPx, Number(readPreference(`split.${id}`)) || initialPx));
  const isRow = side === 'right';

  const resize = useCallback(
    (wantedPx: number): void => {
      const box = frame.current?.getBoundingClientRect();
      const roomPx = box === undefined ? Number.POSITIVE_INFINITY : (isRow ? box.width : box.height) - minMainPx;
      const px = Math.round(Math.max(minPx, Math.min(roomPx, wantedPx)));
      setSizePx(px);
      writePreference(`split.${id}`, String(px));
    },
    [id, isRow, minPx, minMainPx],
  );

  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = frame.current?.getBoundingClientRect();
    if (box !== undefined) resize(isRow ? box.right - event.clientX : box.bottom - event.clientY);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const grow = isRow ? 'ArrowLeft' : 'ArrowUp';
    const shrink = isRow ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    event.stopPropagation();
    resize(sizePx + (event.key === grow ? keyStepPx : -keyStepPx));
  };

  const limits = { '--split-size': `${sizePx}px`, '--split-min': `${minPx}px`, '--split-main-min': `${minMainPx}px` };
  return (
    <div ref={frame} className={styles['split']} data-side={side} style={limits}>
      <div className={styles['main']}>{main}</div>
      {aside === undefined ? undefined : (
        <>
          <div
            className={styles['handle']}
            role="separator"
            tabIndex={0}
            aria-label={label}
            aria-orientation={isRow ? 'vertical' : 'horizontal'}
            aria-valuenow={sizePx}
            aria-valuemin={minPx}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onDoubleClick={() => resize(initialPx)}
            onKeyDown={onKeyDown}
          />
          <div className={styles['aside']}>{aside}</div>
        </>
      )}
    </div>
  );
};
