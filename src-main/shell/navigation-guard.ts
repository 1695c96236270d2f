import { shell, type WebContents } from 'electron';
import { mayNavigate } from './app-origin.ts';
import { externalUrl } from './external-url.ts';

/** Keeps a window on its page whatever the page, a dropped file or a redirect asks for. Web links open in the system's browser; no second window ever opens. */
export function guardNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url);
    return { action: 'deny' };
  });
}

/** The only way out to another program. Does nothing for what is not a plain web address. */
export function openExternally(address: string): void {
  const url = externalUrl(address);
  if (url !== undefined) void shell.openExternal(url);
}
