import { useSyncExternalStore } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const listeners = new Set<() => void>();

const stored = readPreference('theme');
let current: Theme = themes.find((theme) => theme === stored) ?? 'system';

/** What `public/theme.js` does before the first paint. */
const show = (): void => {
  if (current === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = current;
};

export const setTheme = (theme: Theme): void => {
  current = theme;
  writePreference('theme', theme);
  show();
  for (const listener of listeners) listener();
};

/** What is on screen now, with `system` resolved. */
export const shownTheme = (): 'light' | 'dark' => {
  if (current !== 'system') return current;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The chosen theme, and its setter. */
export const useTheme = (): [Theme, (theme: Theme) => void] => [useSyncExternalStore(subscribe, () => current), setTheme];
