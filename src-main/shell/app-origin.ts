/** The origin of the window's page. A scheme of its own, so that the page has an origin, a content security policy by header, and no way to read files. */
export const appScheme = 'app';
export const appHost = 'sidelight';
export const appOrigin = `${appScheme}://${appHost}`;

/**
 * Whether `address` belongs to the page's origin. Compared by parts: `URL.origin` is "null" for a scheme that only Electron knows, and a prefix test takes
 * `app://sidelight.evil` for our own.
 */
export function isOfOrigin(address: string, origin: string): boolean {
  const url = URL.parse(address);
  const own = URL.parse(origin);
  if (url === null || own === null) return false;
  return url.protocol === own.protocol && url.host === own.host && url.username === '' && url.password === '';
}

/** The window shows one origin, in its top frame, and nothing else: the page has no frames of its own. */
export function mayNavigate(address: string, isMainFrame: boolean, origin: string): boolean {
  return isMainFrame && isOfOrigin(address, origin);
}
