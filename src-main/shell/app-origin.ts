/** The origin of the window's page. A scheme of its own, so that the page has an origin, a content security policy by header, and no way to read files. */
export const appScheme = 'app';
export const appHost = 'sidelight';
export const appOrigin = `${appScheme}://${appHost}`;

/**
 * Whether `address` belongs to the page's origin. Compared by parts: `URL.origin` is "null" for a scheme that only Electron knows, and a prefix test takes
 * `app://sidelight.evil` for our own.
 */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';
}

/** The window shows its own page, in its top frame, and nothing else: the page has no frames. */
export function mayNavigate(address: string, isMainFrame: boolean): boolean {
  return isMainFrame && isOwnAddress(address);
}

/** Whether a message comes from the page itself. Electron names the frame as it is now; one that has gone elsewhere since it sent has no claim. */
export function isOwnPage(frame: { origin: string; parent: object | null } | null): boolean {
  return frame !== null && frame.parent === null && isOwnAddress(frame.origin);
}

/** Content that a page of ours has made and holds (File API, "blob URL"), such as an export. */
export function isOwnContent(address: string): boolean {
  const scheme = 'blob:';
  return address.startsWith(scheme) && isOwnAddress(address.slice(scheme.length));
}
