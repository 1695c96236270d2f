import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
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

interface HostFixtures {
  /** An empty folder of this test's own. */
  dataDirectory: string;
  /** Starts the app on the project's host; ended with the test if it is still running. */
  launch: (dataDirectory: string) => Promise<Host>;
  /** The app, started on an empty data directory. */
  host: Host;
}

interface HostOptions {
  hostName: HostName;
}

/** `test` for specs that run on every host. Each test has an app of its own, so that none sees another's telemetry. */
export const test = base.extend<HostFixtures, HostOptions>({
  hostName: ['browser', { option: true, scope: 'worker' }],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures out of this pattern
  dataDirectory: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },

  launch: async ({ hostName }, use, testInfo) => {
    const problem = hostName === 'electron' ? electronProblem() : undefined;
    testInfo.skip(problem !== undefined, problem ?? '');
    const browser = findBrowser();
    if (browser === undefined)
      throw new Error('There is no Chromium to test with: npm test installs one, SIDELIGHT_TEST_BROWSER names one.');
    const hosts: Host[] = [];
    await use(async (dataDirectory) => {
      const host = await launchers[hostName]({ dataDirectory, browser });
      hosts.push(host);
      return host;
    });
    if (testInfo.status !== testInfo.expectedStatus) await Promise.all(hosts.map((host, index) => attachEvidence(host, index, testInfo)));
    for (const host of hosts.filter(({ isRunning }) => isRunning())) await host.close();
  },

  host: async ({ launch, dataDirectory }, use) => {
    await use(await launch(dataDirectory));
  },

  page: async ({ host }, use) => {
    await use(host.page);
  },
});

export { expect } from '@playwright/test';

async function attachEvidence(host: Host, index: number, testInfo: ReturnType<typeof test.info>): Promise<void> {
  await testInfo.attach(`stderr-${index}`, { body: host.stderr(), contentType: 'text/plain' });
  if (host.isRunning()) await testInfo.attach(`page-${index}`, { body: await host.page.screenshot(), contentType: 'image/png' });
}
