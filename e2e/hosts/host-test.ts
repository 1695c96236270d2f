import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { attachEvidence } from './evidence.ts';
import type { Host, HostName } from './host.ts';
import { launchHost, missingHost } from './launch-host.ts';

interface HostFixtures {
  /** An empty folder of this test's own. */
  dataDirectory: string;
  /** Starts the app on the test's data directory (again, once an earlier one has ended). Ended with the test if it is still running. */
  launch: () => Promise<Host>;
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
  dataDirectory: async ({}, provide) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-e2e-'));
    await provide(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },

  launch: async ({ hostName, dataDirectory }, provide, testInfo) => {
    const problem = missingHost(hostName);
    testInfo.skip(problem !== undefined, problem ?? '');
    const hosts: Host[] = [];
    await provide(async () => {
      const host = await launchHost(hostName, dataDirectory);
      hosts.push(host);
      return host;
    });
    if (testInfo.status !== testInfo.expectedStatus) await Promise.all(hosts.map((host, index) => attachEvidence(host, index, testInfo)));
    for (const host of hosts.filter((started) => started.isRunning())) await host.close();
  },

  host: async ({ launch }, provide) => {
    await provide(await launch());
  },

  page: async ({ host }, provide) => {
    await provide(host.page);
  },
});

export { expect } from '@playwright/test';
