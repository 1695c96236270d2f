import { useEffect, useRef } from 'react';

interface FollowEnd {
  /** The list ends where new lines are added, and nobody reads a line of it. */
  isOn: boolean;
  rowCount: number;
  /** Index of the last row in sight. */
  lastShown: number;
  virtual: { scrollToIndex: (index: number, options: { align: 'end' }) => void };
}

/** Who looks at the end of a list that grows there goes on looking at its end. */
export const useFollowEnd = ({ isOn, rowCount, lastShown, virtual }: FollowEnd): void => {
  const wasAtEnd = useRef(false);
  useEffect(() => {
    if (isOn && wasAtEnd.current) virtual.scrollToIndex(rowCount - 1, { align: 'end' });
  }, [isOn, rowCount, virtual]);
  useEffect(() => {
    wasAtEnd.current = rowCount > 0 && lastShown >= rowCount - 1;
  });
};
