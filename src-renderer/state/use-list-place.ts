import { useLocation } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ListPlace, ListPlaces } from './list-places.ts';

/**
 * The place in the list that belongs to this entry of the history, as it was when the list was left; `undefined` on a first visit. `current` tells where
 * a person is, asked when the list is left, while it still stands in the document.
 */
export const useListPlace = (places: ListPlaces, current: () => ListPlace | undefined): ListPlace | undefined => {
  const entry = useLocation({ select: ({ state }) => state.__TSR_key ?? '' });
  const [startAt] = useState(() => places.get(entry));
  const latest = useRef({ entry, current });
  useEffect(() => {
    latest.current = { entry, current };
  });
  useLayoutEffect(
    () => () => {
      const place = latest.current.current();
      if (place !== undefined) places.keep(latest.current.entry, place);
    },
    [places],
  );
  return startAt;
};
