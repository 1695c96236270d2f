import type { Session } from 'electron';
import { isOfOrigin } from './app-origin.ts';

/** What the page needs, as Electron names it: the copy buttons. Reading the clipboard is another permission. */
const granted = new Set(['clipboard-sanitized-write']);

/** Electron grants whatever nobody decides on, so everything is decided here: no device, no notification, no download, no media. */
export function denyPermissions(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(granted.has(permission) && isOfOrigin(details.requestingUrl, origin));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => granted.has(permission) && isOfOrigin(requestingOrigin, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
