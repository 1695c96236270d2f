import { useEffect, useRef } from 'react';
import { type Shortcut, shortcutRegistry } from './shortcuts.ts';

/**
 * The shortcuts of a view, there while it is mounted. They may be written anew on every render and see its latest state; only the list of keys decides
 * whether they are registered again.
 */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void => {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const identity = shortcuts.map(({ keys }) => keys).join('\n');
  useEffect(
    () =>
      shortcutRegistry.register(
        latest.current.map((shortcut, index) => ({
          ...shortcut,
          run: () => latest.current[index]?.run(),
        })),
      ),
    [identity],
  );
};
