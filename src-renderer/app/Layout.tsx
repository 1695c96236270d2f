import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { FileDrop } from '#ui/features/files/index.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import styles from './Layout.module.css';
import { Notices } from './Notices.tsx';
import { Rail } from './Rail.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useAppShortcuts } from './use-app-shortcuts.ts';
import { useLiveStatus } from './use-live-status.ts';

type Overlay = 'palette' | 'help' | undefined;

/** The frame of every view: rail, what a person should know, the view, status bar; and the two sheets that lie over them. */
export const Layout = () => {
  const [overlay, setOverlay] = useState<Overlay>();
  const status = useLiveStatus();
  const close = (): void => setOverlay(undefined);
  useAppShortcuts({ onPalette: () => setOverlay('palette'), onHelp: () => setOverlay('help') });
  return (
    <div className={styles['app']}>
      <Rail onPalette={() => setOverlay('palette')} onHelp={() => setOverlay('help')} />
      <div className={styles['column']}>
        <ConnectionNotice />
        {status === undefined ? undefined : <Notices status={status} />}
        <div className={styles['view']}>
          <Outlet />
        </div>
      </div>
      <StatusBar status={status} />
      <FileDrop />
      {overlay === 'palette' ? <CommandPalette onClose={close} onHelp={() => setOverlay('help')} /> : undefined}
      {overlay === 'help' ? <ShortcutHelp onClose={close} /> : undefined}
    </div>
  );
};
