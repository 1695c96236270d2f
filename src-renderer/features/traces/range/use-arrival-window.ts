import { useMemo, useSyncExternalStore } from 'react';
import { onEverySecond } from '#ui/base/ticker.ts';
import { type ArrivalChoice, type ArrivalWindow, windowAt } from './arrival-choice.ts';

/** What a choice comes to now: it changes a step at a time, and not at all where the choice has nothing to do with now. */
export const useArrivalWindow = ({ since, from, to }: ArrivalChoice): ArrivalWindow => {
  const text = useSyncExternalStore(onEverySecond, () => textOf(windowAt({ since, from, to }, Date.now())));
  return useMemo(() => readText(text), [text]);
};

const textOf = ({ from = '', to = '' }: ArrivalWindow): string => `${from} ${to}`;

const readText = (text: string): ArrivalWindow => {
  const [from = '', to = ''] = text.split(' ');
  return { from: from === '' ? undefined : from, to: to === '' ? undefined : to };
};
