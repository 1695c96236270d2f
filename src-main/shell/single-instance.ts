import { app } from 'electron';

/**
 * Whether this is the first instance on its profile. A later one gives up and makes this one show itself; what it was started with may come from a link on a web page, so
 * none of it is looked at.
 */
export function isFirstInstance(show: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', show);
  return true;
}
