import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { sendSpans, traceId, twoSpans } from '../fixtures/two-spans.ts';
import { AppProcess } from '../hosts/app-process.ts';
import { findBrowser } from '../hosts/find-browser.ts';
import { expect, test } from '../hosts/host-test.ts';
import { appArguments } from '../hosts/host.ts';
import { shellOf } from '../hosts/shell-of.ts';
import { StandInControl } from '../hosts/stand-in-control.ts';
import { startStandIn } from '../hosts/stand-in.ts';

/** Links and files that the system asks the desktop to open. */

test.describe('files and links', () => {
  const link = `sidelight://trace/${traceId}?span=eee19b7ec3c1b175`;
  const view = `/traces/${traceId}?span=eee19b7ec3c1b175`;

  test('a link leads to its view, by either way in which systems hand it over', async ({ host, page }) => {
    await sendSpans(host);
    const shell = shellOf(host);
    await shell.call('openUrl', link);
    await expect(page).toHaveURL(host.address(view));
    await shell.call('clickMenu', 'go-logs');
    await expect(page).toHaveURL(host.address('/logs'));
    await shell.call('secondInstance', ['sidelight', '--allow-file-access', link]);
    await expect(page).toHaveURL(host.address(view));
  });

  test('a link that is not sound only shows the window', async ({ host, page }) => {
    const shell = shellOf(host);
    await expect(page).toHaveURL(host.address('/traces'));
    for (const bad of [
      'sidelight://trace/../../setup',
      `sidelight://trace/${traceId}?q=x`,
      'https://example.com/',
      'javascript:alert(1)',
    ]) {
      await shell.call('openUrl', bad);
      await shell.call('secondInstance', ['sidelight', bad]);
    }
    await shell.call('clickMenu', 'go-setup');
    await expect(page).toHaveURL(host.address('/setup'));
    expect(await shell.call('recorded')).toMatchObject({ opened: [], errors: [] });
  });

  test('a file is taken in and shown; one that is none is said', async ({ host, page, dataDirectory }) => {
    const shell = shellOf(host);
    const file = path.join(dataDirectory, 'kept.otlpjson');
    await writeFile(file, JSON.stringify(twoSpans()));
    await shell.call('openFile', file);
    await expect(page).toHaveURL(host.address(`/traces/${traceId}`));
    const bad = path.join(dataDirectory, 'bad.otlp');
    await writeFile(bad, 'nothing of ours');
    await shell.call('secondInstance', ['sidelight', bad]);
    await expect.poll(async () => (await shell.call('recorded')).errors).toMatchObject([{ title: `${bad} could not be opened` }]);
  });

  test('the app starts with what it was started for', async ({ dataDirectory }) => {
    const options = { dataDirectory, browser: findBrowser() ?? '' };
    const app = new AppProcess(startStandIn(options, 'first', [...appArguments(options), link]));
    const shell = new StandInControl(app.child);
    await app.ready();
    const { endpoint } = await shell.call('visible');
    const browser = await chromium.connectOverCDP(endpoint);
    const [shown] = browser.contexts().flatMap((context) => context.pages().filter((candidate) => candidate.url().includes('/traces/')));
    expect(shown?.url()).toContain(view);
    await app.end();
  });
});
