import { useEffect, useRef } from 'react';
import { type Shortcut, shortcutRegistry } from './shortcuts.ts';

/** The shortcuts of a view, there while it is mounted. They may be written anew on every render and see its latest state. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void => {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => shortcutRegistry.register(() => latest.current), []);
};
