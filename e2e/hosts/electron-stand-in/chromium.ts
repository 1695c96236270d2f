import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { findBrowser, launchOptions } from '../find-browser.ts';

/** The Chromium whose pages play the windows. */
export interface WindowBrowser {
  context: BrowserContext;
  /** Where the test attaches to the same pages. */
  endpoint: string;
  close(): Promise<void>;
}

export async function startWindowBrowser(): Promise<WindowBrowser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('There is no Chromium for the stand-in: set SIDELIGHT_TEST_BROWSER.');
  const profile = await mkdtemp(path.join(tmpdir(), 'sidelight-stand-in-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(executablePath),
    args: ['--remote-debugging-port=0'],
    viewport: null,
    colorScheme: null,
  });
  const [port] = (await readFile(path.join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  return {
    context,
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
