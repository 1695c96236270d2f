import { useState, useSyncExternalStore } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';

const narrow = matchMedia('(width < 1080px)');

const subscribe = (listener: () => void): (() => void) => {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
};

/** Whether the panel of filters stands beside the list: remembered where there is room; on a narrow window only while it is asked for. */
export const useFiltersOpen = (): [boolean, () => void] => {
  const isNarrow = useSyncExternalStore(subscribe, () => narrow.matches);
  const [isWanted, setIsWanted] = useState(() => readPreference('traces.filters') !== 'closed');
  const [isAskedFor, setIsAskedFor] = useState(false);
  const toggle = (): void => {
    if (isNarrow) return setIsAskedFor(!isAskedFor);
    setIsWanted(!isWanted);
    writePreference('traces.filters', isWanted ? 'closed' : 'open');
  };
  return [isNarrow ? isAskedFor : isWanted, toggle];
};
