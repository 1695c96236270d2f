import { type LucideIcon, Monitor, Moon, Sun } from 'lucide-react';
import { type Theme, themes, useTheme } from '#ui/state/theme.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';

const icons: Record<Theme, LucideIcon> = { system: Monitor, light: Sun, dark: Moon };
const names: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

/** Goes round system, light, dark. */
export const ThemeSwitch = () => {
  const [theme, setTheme] = useTheme();
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <IconButton label={`Theme: ${names[theme]}`} onClick={() => setTheme(next)}>
      <Icon aria-hidden />
    </IconButton>
  );
};
