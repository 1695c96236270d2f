import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { launchOptions } from '../e2e/hosts/find-browser.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { runCommand } from './run-command.ts';

/**
 * The README's two commands as a newcomer runs them: `npm start`, telemetry sent to its default ports, the trace seen in the page, and an end that leaves nothing behind.
 */
const home = mkdtempSync(join(tmpdir(), 'sidelight-first-light-'));

/** The address that `npm start` prints for the browser. */
async function printedAddress(app: ChildProcess): Promise<string> {
  if (app.stdout === null) throw new Error('npm start has no output to read.');
  for await (const line of createInterface({ input: app.stdout })) {
    console.log(`  ${line}`);
    const address = /http:\/\/localhost:\d+\/\S*token=\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('npm start ended without printing an address.');
}

async function seeTheTrace(address: string): Promise<void> {
  const browser = await chromium.launch(launchOptions(await ensureBrowser()));
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.getByRole('table', { name: 'Traces' }).getByRole('link').first().click();
    await page.getByRole('treeitem').first().waitFor();
  } finally {
    await browser.close();
  }
}

const app = spawn('npm', ['start'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, XDG_DATA_HOME: home, DISPLAY: '', WAYLAND_DISPLAY: '' },
  detached: true,
});
const ended = new Promise<string>((resolve) => app.once('exit', (code, signal) => resolve(signal ?? `code ${code}`)));
try {
  const address = await printedAddress(app);
  app.stdout?.resume();
  if ((await runCommand(['npm', 'run', 'demo'])) !== 0) throw new Error('npm run demo failed.');
  await seeTheTrace(address);
  console.log('The trace was seen in the page.');
} finally {
  // The whole group, as Ctrl+C in a terminal does.
  if (app.pid !== undefined && app.exitCode === null) process.kill(-app.pid, 'SIGINT');
  console.log(`npm start ended by ${await ended}.`);
  rmSync(home, { recursive: true, force: true });
}
