import path from 'node:path';

/** Where things are in the project and in the installed app alike, seen from `out/main`, where the build puts this. */
const root = path.resolve(import.meta.dirname, '..', '..');

export const pageFolder = path.join(root, 'out', 'renderer');
export const preloadFile = path.join(root, 'out', 'preload', 'preload.cjs');
export const windowIcon = path.join(root, 'build', 'icons', 'icon.png');
/** macOS draws a template image in the colours of its menu bar. */
export const trayIcon = path.join(root, 'build', 'icons', process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png');
