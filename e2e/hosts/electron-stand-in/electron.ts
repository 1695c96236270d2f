import { standInApp } from './app.ts';
import { listenToTest } from './control.ts';
import { ipcMain as standInIpc } from './ipc-main.ts';
import { loud } from './loud.ts';
import { standInTheme } from './native-theme.ts';
import { protocol as standInProtocol } from './protocol.ts';
import { defaultSession } from './session.ts';
import * as system from './system.ts';
import { nativeImage as standInImages } from './tray.ts';

/** What `import … from 'electron'` gives the built desktop bundle. A name that is missing here fails when the bundle is loaded. */
export const app = loud('app', standInApp);
export const clipboard = loud('clipboard', system.clipboard);
export const dialog = loud('dialog', system.dialog);
export const ipcMain = loud('ipcMain', standInIpc);
export const nativeImage = loud('nativeImage', standInImages);
export const nativeTheme = loud('nativeTheme', standInTheme);
export const protocol = loud('protocol', standInProtocol);
export const screen = loud('screen', system.screen);
export const session = loud('session', { defaultSession: loud('session', defaultSession) });
export const shell = loud('shell', system.shell);
export { BrowserWindow } from './browser-window.ts';
export { Menu } from './menu.ts';
export { Tray } from './tray.ts';

listenToTest();
