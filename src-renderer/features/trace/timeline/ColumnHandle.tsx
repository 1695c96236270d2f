import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';
import styles from './Timeline.module.css';

const preference = 'trace.names';
const initialPx = 340;
const leastPx = 160;
/** What the bars keep. */
const leastBarsPx = 240;
const keyStepPx = 16;

/** The remembered width of the name column. */
export const useNamesWidth = (): [number, (px: number) => void] => {
  const [widthPx, setWidthPx] = useState(() => Math.max(leastPx, Number(readPreference(preference)) || initialPx));
  const resize = (px: number): void => {
    setWidthPx(px);
    writePreference(preference, String(px));
  };
  return [widthPx, resize];
};

/** Between names and bars: drag it, or focus it and press the arrow keys; double click takes it back to the start. */
export const ColumnHandle = ({ widthPx, onResize }: { widthPx: number; onResize: (px: number) => void }) => {
  const resize = (wantedPx: number, frame: Element | null): void => {
    const roomPx = (frame?.clientWidth ?? Number.POSITIVE_INFINITY) - leastBarsPx;
    onResize(Math.round(Math.max(leastPx, Math.min(roomPx, wantedPx))));
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const frame = event.currentTarget.parentElement;
    resize(event.clientX - (frame?.getBoundingClientRect().left ?? 0), frame);
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowLeft' ? -keyStepPx : event.key === 'ArrowRight' ? keyStepPx : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    resize(widthPx + step, event.currentTarget.parentElement);
  };
  return (
    <div
      className={styles['handle']}
      role="separator"
      tabIndex={0}
      aria-label="Resize the column of names"
      aria-orientation="vertical"
      aria-valuenow={widthPx}
      aria-valuemin={leastPx}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onResize(initialPx)}
      onKeyDown={press}
    />
  );
};
