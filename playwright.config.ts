import { defineConfig } from '@playwright/test';
import type { HostName } from './e2e/hosts/host.ts';

/** The same specs on every host: a browser tab, the built desktop bundle on the stand-in for Electron, and Electron itself where its binary is. */
const hosts: HostName[] = ['browser', 'stand-in', 'electron'];

/** What it looks at is not in the page. */
const seesTheShell = 'desktop-*.spec.ts';

export default defineConfig<object, { hostName: HostName }>({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  projects: hosts.map((hostName) => ({ name: hostName, use: { hostName }, testIgnore: hostName === 'stand-in' ? [] : seesTheShell })),
});
