import { Link } from '@tanstack/react-router';
import {
  CircleQuestionMark,
  Command,
  FolderOpen,
  GitCompareArrows,
  type LucideIcon,
  Plug,
  ScrollText,
  Stethoscope,
  Waypoints,
} from 'lucide-react';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import styles from './Rail.module.css';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { views } from './views.ts';

const icons: Record<(typeof views)[number]['to'], LucideIcon> = {
  '/traces': Waypoints,
  '/logs': ScrollText,
  '/compare': GitCompareArrows,
  '/files': FolderOpen,
  '/doctor': Stethoscope,
  '/setup': Plug,
};

/** The views, always in the same place. */
export const Rail = ({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }) => (
  <nav className={styles['rail']} aria-label="Views">
    <Mark />
    {views.map(({ to, label, keys }) => {
      const Icon = icons[to];
      return (
        <Tooltip key={to} label={label} shortcut={keys} side="right">
          <Link to={to} className={styles['entry']} aria-label={label} activeProps={{ 'aria-current': 'page' }}>
            <Icon size={17} strokeWidth={1.75} aria-hidden />
          </Link>
        </Tooltip>
      );
    })}
    <span className={styles['space']} />
    <IconButton label="Commands" shortcut="Mod+k" onClick={onPalette}>
      <Command aria-hidden />
    </IconButton>
    <ThemeSwitch />
    <IconButton label="Keyboard shortcuts" shortcut="?" onClick={onHelp}>
      <CircleQuestionMark aria-hidden />
    </IconButton>
  </nav>
);

/** Lit from the side. */
const Mark = () => (
  <svg className={styles['mark']} width="20" height="20" viewBox="0 0 20 20" aria-hidden>
    <circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor" />
  </svg>
);
