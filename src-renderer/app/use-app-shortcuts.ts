import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { shortcutRegistry } from '#ui/state/shortcuts.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { views } from './views.ts';

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'));

/** The keys that work everywhere, and the one listener that hands key presses to the registry. */
export const useAppShortcuts = ({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }): void => {
  const navigate = useNavigate();
  useShortcuts([
    ...views.map(({ to, label, keys }) => ({ keys, label: `Go to ${label}`, group: 'Everywhere', run: () => void navigate({ to }) })),
    { keys: 'Mod+k', label: 'Commands', group: 'Everywhere', run: onPalette },
    { keys: '?', label: 'This list', group: 'Everywhere', run: onHelp },
  ]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog or an open menu has its own keys; composing a character is typing.
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal, [role=menu]') !== null) return;
      if (shortcutRegistry.press(event, performance.now(), isField(event.target))) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
};
