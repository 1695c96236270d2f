import { unknownApi } from './loud.ts';

/**
 * Chromium outside Electron can't be taught a scheme, so `app://sidelight/x` is shown to it as `https://sidelight.app.test/x`, a name that exists nowhere, and every request to it is
 * answered by the handler of `protocol.handle('app', …)`.
 */
const suffix = '.app.test';

/** As Chromium sees it. */
export function toChromium(address: string): string {
  const match = /^app:\/\/([a-z0-9-]+)(.*)$/s.exec(address);
  if (match === null) throw unknownApi(`the address ${address}`);
  return `https://${match[1]}${suffix}${match[2]}`;
}

/** As Electron would name it; addresses of others stay as they are. */
export function fromChromium(address: string): string {
  if (address.startsWith('blob:')) return `blob:${fromChromium(address.slice('blob:'.length))}`;
  const match = /^https:\/\/([a-z0-9-]+)\.app\.test(?=[/?#]|$)(.*)$/s.exec(address);
  return match === null ? address : `app://${match[1]}${match[2]}`;
}
