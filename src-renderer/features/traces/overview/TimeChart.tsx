import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import { plural } from '#proto/text/count';
import { type ArrivalChoice, momentName, nsOfMs } from '../range/arrival-choice.ts';
import { barAt, barOf, type BarSelection, firstBarOf, lastBarOf, selectedBar } from './bar-walk.ts';
import { type Bar, clockTicks, msOfPx, pxOfMs, type TimeDomain } from './chart-scale.ts';
import styles from './Overview.module.css';
import { useWidth } from './use-width.ts';

interface Place {
  px: number;
  py: number;
}

/** Something that is drawn at a place of its own, and can be pointed at. */
export interface Mark extends Place {
  text: string;
  onOpen: () => void;
}

interface TimeChartProps {
  label: string;
  heightPx: number;
  bars: readonly Bar[];
  domain: TimeDomain;
  onRange: (range: ArrivalChoice) => void;
  /** What is near a place, where there is more to point at than bars. */
  markAt?: ((place: Place, widthPx: number) => Mark | undefined) | undefined;
  children: (widthPx: number) => ReactNode;
}

const dragPx = 4;

/**
 * Traces over a time axis, of which a range can be chosen: by dragging, by a click on a bar, or with the arrow keys (Shift selects, Enter shows only that). To a screen reader it is a
 * slider whose value is a bar in words.
 */
export const TimeChart = ({ label, heightPx, bars, domain, onRange, markAt, children }: TimeChartProps) => {
  const helpId = useId();
  const [frame, widthPx] = useWidth<HTMLDivElement>();
  const [pointer, setPointer] = useState<Place>();
  const [pressedPx, setPressedPx] = useState<number>();
  const [walked, setWalked] = useState<BarSelection>();
  const indexAt = (px: number): number => barAt(bars, msOfPx(domain, widthPx, px));
  const isDragging = pressedPx !== undefined && pointer !== undefined && Math.abs(pointer.px - pressedPx) > dragPx;
  const dragged = isDragging ? { anchor: indexAt(pressedPx), at: indexAt(pointer.px) } : undefined;
  const selection = dragged ?? walked;
  const mark = pointer === undefined || isDragging ? undefined : markAt?.(pointer, widthPx);
  const pointed = pointer === undefined || markAt !== undefined ? undefined : { anchor: indexAt(pointer.px), at: indexAt(pointer.px) };
  const selected = selection === undefined ? undefined : selectedBar(bars, selection);
  const told = selected ?? (pointed === undefined ? undefined : selectedBar(bars, pointed));

  const choose = (bar: Bar | undefined): void => {
    if (bar === undefined) return;
    setWalked(undefined);
    onRange({ from: nsOfMs(bar.startMs), to: nsOfMs(bar.endMs) });
  };
  const release = (event: PointerEvent<HTMLDivElement>): void => {
    if (pressedPx === undefined) return;
    setPressedPx(undefined);
    const place = placeOf(event);
    if (Math.abs(place.px - pressedPx) > dragPx) choose(selectedBar(bars, { anchor: indexAt(pressedPx), at: indexAt(place.px) }));
    else if (markAt === undefined) choose(barOf(bars, indexAt(place.px)));
    else markAt(place, widthPx)?.onOpen();
  };

  const last = lastBarOf(bars, domain);
  const step = (to: number, isExtending: boolean): void => {
    const at = Math.max(firstBarOf(bars, domain), Math.min(last, to));
    setWalked({ anchor: isExtending ? (walked?.anchor ?? at) : at, at });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = walked?.at ?? last + 1;
    if (event.key === 'ArrowLeft') step(at - 1, event.shiftKey);
    else if (event.key === 'ArrowRight') step(walked === undefined ? last : at + 1, event.shiftKey);
    else if (event.key === 'Home') step(firstBarOf(bars, domain), event.shiftKey);
    else if (event.key === 'End') step(last, event.shiftKey);
    else if (event.key === 'Enter' && selected !== undefined) choose(selected);
    else if (event.key === 'Escape' && walked !== undefined) setWalked(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles['chart']}>
      <p id={helpId} hidden>
        Arrow keys walk from bar to bar, with Shift they select several, and Enter shows only the traces of that time.
      </p>
      <div
        ref={frame}
        className={styles['plot']}
        style={{ height: heightPx }}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-describedby={helpId}
        aria-valuemin={firstBarOf(bars, domain)}
        aria-valuemax={last}
        aria-valuenow={walked?.at ?? last}
        aria-valuetext={selected === undefined ? 'No time is selected' : barText(selected)}
        data-marked={mark !== undefined || undefined}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setPressedPx(placeOf(event).px);
        }}
        onPointerMove={(event) => setPointer(placeOf(event))}
        onPointerLeave={() => setPointer(undefined)}
        onPointerUp={release}
        onPointerCancel={() => setPressedPx(undefined)}
        onKeyDown={onKeyDown}
        onBlur={() => setWalked(undefined)}
      >
        {told === undefined ? undefined : <Band bar={told} domain={domain} widthPx={widthPx} isSelected={selected !== undefined} />}
        {widthPx === 0 ? undefined : children(widthPx)}
        {mark === undefined ? undefined : <span className={styles['ring']} style={{ left: mark.px, top: mark.py }} />}
        {mark === undefined ? undefined : <Hint px={mark.px} widthPx={widthPx} text={mark.text} />}
        {told === undefined ? undefined : (
          <Hint px={pxOfMs(domain, widthPx, (told.startMs + told.endMs) / 2)} widthPx={widthPx} text={barText(told)} />
        )}
      </div>
      <div className={styles['axis']} aria-hidden>
        {clockTicks(domain, widthPx).map(({ px, label: text }) => (
          <span key={px} className={styles['tick']} style={{ left: px }}>
            {text}
          </span>
        ))}
      </div>
    </div>
  );
};

const placeOf = (event: PointerEvent<HTMLDivElement>): Place => {
  const box = event.currentTarget.getBoundingClientRect();
  return { px: event.clientX - box.left, py: event.clientY - box.top };
};

const barText = ({ startMs, endMs, traceCount, errorCount }: Bar): string => {
  const errors =
    errorCount === 0 ? '' : `, ${errorCount === traceCount ? (traceCount === 1 ? 'failed' : 'all failed') : `${errorCount} failed`}`;
  return `${momentName(nsOfMs(startMs))} – ${momentName(nsOfMs(endMs))}: ${plural(traceCount, 'trace')}${errors}`;
};

const Band = ({ bar, domain, widthPx, isSelected }: { bar: Bar; domain: TimeDomain; widthPx: number; isSelected: boolean }) => {
  const left = Math.max(0, pxOfMs(domain, widthPx, bar.startMs));
  const right = Math.min(widthPx, pxOfMs(domain, widthPx, bar.endMs));
  return <span className={styles['band']} data-selected={isSelected || undefined} style={{ left, width: Math.max(1, right - left) }} />;
};

/** Beside what it speaks of: it stays in the chart's width. */
const Hint = ({ px, widthPx, text }: { px: number; widthPx: number; text: string }) => {
  const isRight = px > widthPx / 2;
  return (
    <span className={styles['hint']} style={isRight ? { right: Math.max(0, widthPx - px + 10) } : { left: Math.max(0, px + 10) }}>
      {text}
    </span>
  );
};
