import { spawn } from 'node:child_process';
import { chromium, type Browser, type Page } from '@playwright/test';
import { AppProcess } from './app-process.ts';
import { appArguments, type Host, type LaunchHostOptions } from './host.ts';
import { StandInControl } from './stand-in-control.ts';

const register = new URL('./electron-stand-in/register.ts', import.meta.url).href;
const pageOrigin = 'https://sidelight.app.test';

/** The built desktop bundle in plain Node, with the stand-in in place of Electron. */
export async function launchStandInHost(options: LaunchHostOptions): Promise<Host & { shell: StandInControl }> {
  const app = new AppProcess(startStandIn(options));
  const shell = new StandInControl(app.child);
  const ready = await app.ready();
  const { endpoint } = await shell.call('visible');
  const browser = await chromium.connectOverCDP(endpoint);
  return {
    name: 'stand-in',
    get page() {
      return windowPage(browser);
    },
    ...ready,
    dataDirectory: options.dataDirectory,
    shell,
    address: (path) => `${pageOrigin}${path}`,
    stderr: () => app.stderr,
    isRunning: () => app.isRunning(),
    kill: () => app.kill(),
    close: () => app.end(),
  };
}

/** `instance` as in `app.requestSingleInstanceLock`. */
export function startStandIn(options: LaunchHostOptions, instance: 'first' | 'second' = 'first', args = appArguments(options)) {
  return spawn(process.execPath, ['--import', register, 'out/main/index.js', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, SIDELIGHT_TEST_BROWSER: options.browser, STAND_IN_INSTANCE: instance },
  });
}

/** A window that crashed comes back as another page. */
function windowPage(browser: Browser): Page {
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .findLast((candidate) => candidate.url().startsWith(`${pageOrigin}/`));
  if (page === undefined) throw new Error('The window has no page.');
  return page;
}
