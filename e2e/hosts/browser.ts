import { spawn } from 'node:child_process';
import { chromium } from '@playwright/test';
import { AppProcess } from './app-process.ts';
import { launchOptions } from './find-browser.ts';
import { appArguments, type Host, type LaunchHostOptions } from './host.ts';

/** Headless, and a tab of Chromium on the address that it printed. */
export async function launchBrowserHost(options: LaunchHostOptions): Promise<Host> {
  const app = new AppProcess(
    spawn(process.execPath, ['out/main/headless.js', ...appArguments(options)], { stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  const ready = await app.ready();
  const browser = await chromium.launch(launchOptions(options.browser));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(ready.uiUrl);
  return {
    name: 'browser',
    page,
    ...ready,
    dataDirectory: options.dataDirectory,
    address: (path) => new URL(path, ready.uiUrl).href,
    stderr: () => app.stderr,
    isRunning: () => app.isRunning(),
    kill: async () => {
      await app.kill();
      await browser.close();
    },
    close: async () => {
      await browser.close();
      await app.end();
    },
  };
}
