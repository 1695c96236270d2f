import { standInApp } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { cancellable } from './cancellable.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, type MenuItemView } from './menu.ts';
import { MessagePortMain } from './message-port-main.ts';
import { standInTheme } from './native-theme.ts';
import { answerFor } from './protocol.ts';
import { defaultSession } from './session.ts';
import { forgetRecorded, recorded } from './system.ts';
import { Tray } from './tray.ts';

/** What a test can do to the shell, and see of it, that no page shows. Called by name over the process's IPC channel. */
export const commands = {
  /** Where to attach to the window's page, once it is shown. */
  async visible(): Promise<{ endpoint: string }> {
    await openWindow().whenVisible();
    return { endpoint: standInApp.browserAfterReady('a window').endpoint };
  },
  window: () => {
    const { options, backgroundColor, visible, focusCount } = openWindow();
    return { webPreferences: options.webPreferences, bounds: openWindow().getNormalBounds(), backgroundColor, visible, focusCount };
  },
  moveWindow: (bounds: { x: number; y: number; width: number; height: number }) => openWindow().setBounds(bounds),
  minimise: () => openWindow().minimize(),
  menu: (): MenuItemView[] => applicationMenu().view(),
  clickMenu: (id: string) => applicationMenu().click(id),
  tray: () => ({ toolTip: tray().toolTip, items: tray().menu?.view() ?? [] }),
  clickTray: (id: string) => tray().menu?.click(id),
  secondInstance: (argv: string[]) => standInApp.emit('second-instance', {}, argv, '/', {}),
  openUrl: (url: string) => standInApp.emit('open-url', cancellable({}), url),
  openFile: (file: string) => standInApp.emit('open-file', cancellable({}), file),
  setSystemDark: (dark: boolean) => standInTheme.setSystemDark(dark),
  recorded: () => recorded,
  forgetRecorded,
  askPermission: ({ permission, origin }: { permission: string; origin: string }) => defaultSession.ask(permission, origin),
  /** Asks the handler of the scheme with an address that no browser would send as it is. */
  async request(address: string): Promise<{ status: number; headers: Record<string, string>; body: string }> {
    const response = await answerFor(address, { headers: { accept: '*/*' } });
    if (response === undefined) throw new Error(`No scheme is registered for ${address}.`);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  },
  /** Sends a port as a frame of `origin` would. Returns whether the shell closed it at once, unused. */
  offerPort({ channel, origin, nested }: { channel: string; origin: string; nested: boolean }): boolean {
    let closed = false;
    const port = new MessagePortMain({ post: () => undefined, close: () => (closed = true) });
    ipcMain.emit(channel, { senderFrame: { origin, parent: nested ? {} : null }, ports: [port] });
    return closed;
  },
  async crash(): Promise<void> {
    const page = await openWindow().webContents.page;
    const crashed = page.waitForEvent('crash');
    void page.goto('chrome://crash').catch(() => undefined);
    await crashed;
  },
};

export type Commands = typeof commands;
export interface CommandCall {
  id: number;
  name: keyof Commands;
  argument: unknown;
}
export type CommandResult = { id: number; value: unknown } | { id: number; error: string };

export function listenToTest(): void {
  process.on('message', ({ id, name, argument }: CommandCall) => {
    const command = commands[name] as (argument: unknown) => unknown;
    Promise.resolve(argument)
      .then(command)
      .then(
        (value) => answer({ id, value }),
        (error: unknown) => answer({ id, error: String(error) }),
      );
  });
  // The app ends when the shell ends it, not when the test stops listening.
  process.channel?.unref();
}

function answer(result: CommandResult): void {
  process.send?.(result);
}

function openWindow(): BrowserWindow {
  if (standInApp.window === undefined) throw new Error('No window is open.');
  return standInApp.window;
}

function applicationMenu(): Menu {
  if (Menu.application === undefined) throw new Error('There is no menu.');
  return Menu.application;
}

function tray(): Tray {
  if (Tray.current === undefined) throw new Error('There is no tray icon.');
  return Tray.current;
}
