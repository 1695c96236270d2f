import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { appOrigin } from './app-origin.ts';
import { crashAllowance } from './crash-allowance.ts';
import { guardNavigation } from './navigation-guard.ts';
import { placeWindow, smallestSize, type WindowState } from './window-state.ts';

export interface WindowOptions {
  /** Path of the view to begin with. */
  view: string;
  preload: string;
  icon: string;
  remembered: WindowState;
  /** Told how the window was left. */
  remember: (state: WindowState) => void;
}

/** `--bg` of the renderer's tokens.css in both themes: what is seen until the page has painted. */
const background = { light: '#f9fafb', dark: '#111316' };

function currentBackground(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

/** The one window, at the place where it was left. */
export function openWindow({ view, preload, icon, remembered, remember }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeWindow(
      remembered.bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: app.name,
    icon,
    show: false,
    backgroundColor: currentBackground(),
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: !app.isPackaged },
  });
  if (remembered.maximised) window.maximize();
  guardNavigation(window.webContents);
  reloadAfterCrash(window);
  const followTheme = (): void => window.setBackgroundColor(currentBackground());
  nativeTheme.on('updated', followTheme);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => remember(stateOf(window)));
  window.on('closed', () => nativeTheme.off('updated', followTheme));
  loadPage(window, appOrigin + view);
  return window;
}

function loadPage(window: BrowserWindow, address: string): void {
  window.loadURL(address).catch((error: unknown) => {
    // Closing a window aborts what it loads.
    if (!window.isDestroyed()) dialog.showErrorBox('The page of Sidelight could not be loaded', String(error));
  });
}

function stateOf(window: BrowserWindow): WindowState {
  return { bounds: window.getNormalBounds(), maximised: window.isMaximized(), theme: nativeTheme.themeSource };
}

/** The engine lives elsewhere and goes on; only the picture is gone, so it is drawn again. A page that keeps crashing says so instead. */
function reloadAfterCrash(window: BrowserWindow): void {
  const allow = crashAllowance(3, 60_000);
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (allow(Date.now())) window.webContents.reload();
    else
      dialog.showErrorBox(
        'The window keeps crashing',
        `Sidelight still receives and stores telemetry. Start it again to see it. (${reason})`,
      );
  });
}

/** Brings the window to the front, out of the dock or tray if it must. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
