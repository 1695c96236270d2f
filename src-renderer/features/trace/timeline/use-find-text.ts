import { useDeferredValue, useEffect, useRef, useState } from 'react';

const pauseMs = 250;

export interface FindText {
  /** As it is typed. */
  typed: string;
  /** What is looked for: what was typed, a render later where looking takes long. */
  wanted: string;
  type: (text: string) => void;
}

/** The text that is looked for. Typing is never waited for nor overwritten, and `find`, which is the address's, follows it after a pause. */
export const useFindText = (find: string, onFind: (find: string) => void): FindText => {
  const [typed, setTyped] = useState(find);
  const asked = useRef(find);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The address was changed from elsewhere: back, or a link.
    if (find === asked.current) return;
    clearTimeout(timer.current);
    asked.current = find;
    setTyped(find);
  }, [find]);
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = text;
      onFind(text);
    }, pauseMs);
  };
  return { typed, wanted: useDeferredValue(typed), type };
};
