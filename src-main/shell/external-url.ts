/**
 * The address as it may be handed to the system's browser, or undefined. The system starts whatever program is registered for a scheme, so only web addresses
 * pass, and only those that show a reader where they lead: no credentials before the host, no control characters, no backslashes.
 */
export function externalUrl(address: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(address)) return undefined;
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
