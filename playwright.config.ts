import { defineConfig } from '@playwright/test';
import type { HostName } from './e2e/hosts/host.ts';

/** The same specs on every host: a browser tab, the built desktop bundle on the stand-in for Electron, and Electron itself where its binary is. */
const hosts: HostName[] = ['browser', 'stand-in', 'electron'];

/** What the shell does is seen from outside its page, which the stand-in alone allows. */
const ofTheShell = 'desktop-*.spec.ts';
/** The themes and the tree that axe looks at are the same page on every host, and one look at it takes seconds. */
const underAxe = /no accessibility violations/;
const ignored: Record<HostName, string[]> = { browser: [ofTheShell], 'stand-in': [], electron: [ofTheShell] };

export default defineConfig<object, { hostName: HostName }>({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // A machine that others share may be slow for a moment; what passes only then is reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  workers: 2,
  projects: hosts.map((hostName) => ({
    name: hostName,
    use: { hostName },
    testIgnore: ignored[hostName],
    ...(hostName === 'browser' ? {} : { grepInvert: underAxe }),
  })),
});
