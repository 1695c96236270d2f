import { ipcMain, shell } from 'electron';
import { isOwnPage } from './app-origin.ts';
import { openSourceChannel } from './channels.ts';
import { sourceAddress } from './source-address.ts';

/** Opens source files in the editor of the person who asked the page for it. Does nothing for another frame, nor for anything but a plain place in a file. */
export function openSources(): void {
  ipcMain.on(openSourceChannel, ({ senderFrame }, request: unknown) => {
    const address = isOwnPage(senderFrame) ? sourceAddress(request) : undefined;
    // An editor that is not installed is told of by the system.
    if (address !== undefined) shell.openExternal(address).catch(() => undefined);
  });
}
