import { useState } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';

/** A choice that is remembered: who wrote Go yesterday writes Go today. */
export const useRemembered = <Choice extends string>(
  key: string,
  choices: readonly Choice[],
  first: Choice,
): [Choice, (choice: Choice) => void] => {
  const [choice, setChoice] = useState(() => choices.find((known) => known === readPreference(key)) ?? first);
  return [
    choice,
    (next) => {
      setChoice(next);
      writePreference(key, next);
    },
  ];
};
