import type { MenuItemConstructorOptions } from 'electron';

export type Theme = 'system' | 'light' | 'dark';

export interface MenuActions {
  /** Shows the view with this path. */
  go: (view: string) => void;
  openInBrowser: () => void;
  copyEndpoint: () => void;
  openDocumentation: () => void;
  setTheme: (theme: Theme) => void;
}

export interface MenuSituation {
  platform: NodeJS.Platform;
  /** The developer tools can read and do all that the page can, so an installed app has none. */
  developerTools: boolean;
  theme: Theme;
}

type Items = MenuItemConstructorOptions[];

export function menuTemplate(actions: MenuActions, situation: MenuSituation): Items {
  const onMac = situation.platform === 'darwin';
  return [
    ...(onMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: fileItems(actions, onMac) },
    { role: 'editMenu' },
    { label: '&View', submenu: viewItems(actions, situation) },
    { role: 'windowMenu' },
    { role: 'help', submenu: helpItems(actions, onMac) },
  ];
}

function fileItems(actions: MenuActions, onMac: boolean): Items {
  return [
    { id: 'open-in-browser', label: 'Open in &browser', click: actions.openInBrowser },
    { id: 'copy-endpoint', label: '&Copy OTLP endpoint', accelerator: 'CmdOrCtrl+Shift+E', click: actions.copyEndpoint },
    { type: 'separator' },
    onMac ? { role: 'close' } : { role: 'quit' },
  ];
}

function viewItems(actions: MenuActions, { developerTools, theme }: MenuSituation): Items {
  return [
    { id: 'go-traces', label: '&Traces', accelerator: 'CmdOrCtrl+1', click: () => actions.go('/traces') },
    { id: 'go-logs', label: '&Logs', accelerator: 'CmdOrCtrl+2', click: () => actions.go('/logs') },
    { id: 'go-setup', label: '&Setup', accelerator: 'CmdOrCtrl+3', click: () => actions.go('/setup') },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    { type: 'separator' },
    { label: 'T&heme', submenu: themeItems(actions, theme) },
    ...(developerTools ? [{ type: 'separator' } as const, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
  ];
}

function themeItems(actions: MenuActions, current: Theme): Items {
  const labels: [Theme, string][] = [
    ['system', 'As the &system'],
    ['light', '&Light'],
    ['dark', '&Dark'],
  ];
  return labels.map(([theme, label]) => ({
    id: `theme-${theme}`,
    label,
    type: 'radio',
    checked: theme === current,
    click: () => actions.setTheme(theme),
  }));
}

function helpItems(actions: MenuActions, onMac: boolean): Items {
  return [
    { id: 'help-setup', label: '&Point a service at Sidelight', click: () => actions.go('/setup') },
    { id: 'help-opentelemetry', label: '&OpenTelemetry documentation', click: actions.openDocumentation },
    ...(onMac ? [] : [{ type: 'separator' } as const, { role: 'about' } as const]),
  ];
}
