import type { Session } from 'electron';
import { isOwnAddress, isOwnContent } from './app-origin.ts';

/** What the page needs, as Electron names it: the copy buttons. Reading the clipboard is another permission. */
const granted = new Set(['clipboard-sanitized-write']);

/**
 * Electron grants whatever nobody decides on, so everything is decided here: no device, no notification, no media, and no download but of what the page has made itself, for which
 * Electron asks where to save it.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(granted.has(permission) && isOwnAddress(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => granted.has(permission) && isOwnAddress(requestingOrigin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!isOwnContent(item.getURL())) event.preventDefault();
  });
}
