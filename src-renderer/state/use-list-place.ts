import { useLocation } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListPlace, ListPlaces } from './list-places.ts';

/**
 * The place in the list that belongs to this entry of the history, as it was when the list was left; `undefined` on a first visit, and as soon as the
 * entry is another one (a new search). `current` tells where a person is, asked when the list is left, while it still stands in the document.
 */
export const useListPlace = (places: ListPlaces, current: () => ListPlace | undefined): ListPlace | undefined => {
  const location = useLocation({ select: ({ pathname, state }) => `${pathname} ${state.key ?? ''}` });
  const [first] = useState(() => ({ location, place: places.get(location) }));
  const latest = useRef({ location, current });
  useEffect(() => {
    // When a list is left, the location is that of the next view before the list is gone.
    const [path] = first.location.split(' ');
    latest.current = { location: location.startsWith(`${path} `) ? location : latest.current.location, current };
  });
  useLayoutEffect(
    () => () => {
      const place = latest.current.current();
      if (place !== undefined) places.keep(latest.current.location, place);
    },
    [places],
  );
  return location === first.location ? first.place : undefined;
};
