import { useEffect, useRef } from 'react';

/** How near its end a list counts as scrolled to it. */
const nearPx = 28;

interface FollowEnd {
  /** The list ends where new lines are added, and nobody reads a line of it. */
  isOn: boolean;
  rowCount: number;
  scroller: { readonly current: HTMLElement | null };
  virtual: { scrollToIndex: (index: number, options: { align: 'end' }) => void };
}

/** Who looks at the end of a list that grows there goes on looking at its end. */
export const useFollowEnd = ({ isOn, rowCount, scroller, virtual }: FollowEnd): void => {
  const wasAtEnd = useRef(false);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => {
      const { scrollHeight, scrollTop, clientHeight } = element;
      wasAtEnd.current = scrollHeight > clientHeight && scrollTop + clientHeight >= scrollHeight - nearPx;
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [scroller]);
  useEffect(() => {
    if (isOn && wasAtEnd.current) virtual.scrollToIndex(rowCount - 1, { align: 'end' });
  }, [isOn, rowCount, virtual]);
};
