import { launchBrowserHost } from './browser.ts';
import { electronProblem, launchElectronHost } from './electron.ts';
import { findBrowser } from './find-browser.ts';
import type { Host, HostName, LaunchHost } from './host.ts';
import { launchStandInHost } from './stand-in.ts';

const launchers: Record<HostName, LaunchHost> = {
  browser: launchBrowserHost,
  'stand-in': launchStandInHost,
  electron: launchElectronHost,
};

/** Why this host cannot be had on this machine; undefined where it can. */
export function missingHost(name: HostName): string | undefined {
  return name === 'electron' ? electronProblem() : undefined;
}

export function launchHost(name: HostName, dataDirectory: string): Promise<Host> {
  const browser = findBrowser();
  if (browser === undefined) throw new Error('There is no Chromium to test with: npm test installs one, SIDELIGHT_TEST_BROWSER names one.');
  return launchers[name]({ dataDirectory, browser });
}
