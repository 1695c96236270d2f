import { useEffect, useRef } from 'react';

const pointingMs = 1200;

interface HoldOptions {
  scroller: { readonly current: HTMLElement | null };
  /** The focus is on a row, or a row is open. */
  isReading: () => boolean;
  /** How many new rows wait for the list to be let go. */
  waitingCount: number;
  onLetGo: () => void;
}

export interface Hold {
  /** Somebody is looking at rows, which must therefore not move. */
  isHeld: () => boolean;
  onPointerMove: () => void;
  onScroll: () => void;
}

/** A live list is held still while somebody is scrolled down, points into it or reads a row; let go, it shows what has waited. */
export const useHold = ({ scroller, isReading, waitingCount, onLetGo }: HoldOptions): Hold => {
  const pointedAtMs = useRef(Number.NEGATIVE_INFINITY);
  const isHeld = (): boolean =>
    (scroller.current?.scrollTop ?? 0) > 2 || performance.now() - pointedAtMs.current < pointingMs || isReading();
  const settle = (): void => {
    if (waitingCount > 0 && !isHeld()) onLetGo();
  };
  useEffect(() => {
    if (waitingCount === 0) return;
    const timer = setInterval(settle, pointingMs / 2);
    return () => clearInterval(timer);
  });
  return {
    isHeld,
    onPointerMove: () => {
      pointedAtMs.current = performance.now();
    },
    onScroll: settle,
  };
};
