const loopbackName = String.raw`(?:(?:[a-z0-9_-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?`;
const loopbackHost = new RegExp(`^${loopbackName}$`, 'i');
const loopbackOrigin = new RegExp(`^https?://${loopbackName}$`, 'i');

/**
 * Whether a `Host` header names this machine. Any other name reached us because someone else's DNS says 127.0.0.1: that is how a web page gets around the
 * browser's same-origin rule (DNS rebinding).
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackHost.test(host);
}

/** Whether an `Origin` header is a page served from this machine. `null` (sandboxed frame, `file:`) is anyone's and is not. */
export function isLoopbackOrigin(origin: string): boolean {
  return loopbackOrigin.test(origin);
}

/** Names under which containers reach the machine that runs them. `.internal` is reserved for private use, so no public DNS answers for it. */
const containerHost = /^host\.(?:docker|containers|lima|orb)\.internal(?::\d{1,5})?$/i;

/** Whether a `Host` header is one that a container of this machine uses for it (Docker Desktop, Podman, Lima, OrbStack). */
export function isContainerHost(host: string | undefined): boolean {
  return host !== undefined && containerHost.test(host);
}
