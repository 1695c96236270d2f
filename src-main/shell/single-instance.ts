import { app } from 'electron';

/**
 * Whether this is the first instance on its profile. A later one gives up, and hands over what it was started with. That may come from a link on a web page: see
 * `openTargets` for what of it is looked at.
 */
export function isFirstInstance(startedAgain: (args: readonly string[], folder: string) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, args, folder) => startedAgain(args, folder));
  return true;
}
