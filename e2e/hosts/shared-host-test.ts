import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { askApi } from '../fixtures/run-sdk-service.ts';
import { attachEvidence } from './evidence.ts';
import type { Host, HostName } from './host.ts';
import { launchHost, missingHost } from './launch-host.ts';

interface SharedHost {
  hostName: HostName;
  /** One app for all such tests of a worker, with the samples in it. */
  host: Host;
}

/**
 * `test` for specs that look, and send at most telemetry of their own services: a start of the app a test would be most of their time. Other tests' telemetry may be there as well, so ask for
 * yours by its service or trace id. Each test begins at the list of traces, with nothing remembered in the page.
 */
export const test = base.extend<{ isHere: undefined }, SharedHost>({
  hostName: ['browser', { option: true, scope: 'worker' }],

  // A worker's fixture cannot skip the tests that ask for it.
  isHere: [
    async ({ hostName }, provide, testInfo) => {
      const problem = missingHost(hostName);
      testInfo.skip(problem !== undefined, problem ?? '');
      await provide(undefined);
    },
    { auto: true },
  ],

  host: [
    async ({ hostName }, provide) => {
      if (missingHost(hostName) !== undefined) {
        await provide(undefined as never);
        return;
      }
      const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-e2e-'));
      const host = await launchHost(hostName, folder);
      await askApi(host, '/samples', 'POST');
      await provide(host);
      if (host.isRunning()) await host.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  page: async ({ host }, provide, testInfo) => {
    const { page } = host;
    await host.shell?.call('forgetRecorded');
    await page.evaluate(() => localStorage.clear());
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    await page.goto(host.address('/traces'));
    await provide(page);
    if (testInfo.status !== testInfo.expectedStatus) await attachEvidence(host, 0, testInfo);
  },
});

export { expect } from '@playwright/test';
