import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sendSpans } from '../fixtures/two-spans.ts';
import { AppProcess } from '../hosts/app-process.ts';
import { findBrowser } from '../hosts/find-browser.ts';
import { expect, test } from '../hosts/host-test.ts';
import type { Host } from '../hosts/host.ts';
import { shellOf } from '../hosts/shell-of.ts';
import { startStandIn } from '../hosts/stand-in.ts';

/** What the desktop shell does from its start to its end, looked at from outside the page: the stand-in alone allows that (`playwright.config.ts`). */

function isDark({ page }: Host): Promise<boolean> {
  return page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
}

test('opens where it was left', async ({ launch }) => {
  const bounds = { x: 210, y: 120, width: 1010, height: 640 };
  const first = await launch();
  await shellOf(first).call('moveWindow', bounds);
  await first.close();
  const second = await launch();
  expect(await shellOf(second).call('window')).toMatchObject({ bounds });
});

test('no second window opens; a web link goes to the browser', async ({ host, page }) => {
  const windows = page.context().pages().length;
  // A page that is still on its way opens nothing.
  await expect(page.getByRole('main')).toBeVisible();
  await page.evaluate(() => void window.open('https://opentelemetry.io/docs/'));
  await expect.poll(async () => (await shellOf(host).call('recorded')).opened).toEqual(['https://opentelemetry.io/docs/']);
  await expect.poll(() => page.context().pages().length).toBe(windows);
});

test('gets no more lines to the engine than a page can need', async ({ page }) => {
  const closed = await page.evaluateHandle(() => {
    const count = { value: 0 };
    addEventListener('message', ({ ports: [port] }: MessageEvent) => port?.addEventListener('close', () => count.value++));
    for (let line = 0; line < 10; line++) (window as unknown as { sidelight: { connect(): void } }).sidelight.connect();
    return count;
  });
  // The page itself holds one of the eight.
  await expect.poll(() => closed.evaluate(({ value }) => value)).toBe(3);
});

test('comes back after a crash of its page, while telemetry goes on', async ({ host }) => {
  await shellOf(host).call('crash');
  await sendSpans(host);
  await expect(async () => expect(await host.page.evaluate(() => document.readyState)).toBe('complete')).toPass();
  expect(await shellOf(host).call('recorded')).toMatchObject({ errors: [] });
});

test('the theme follows the menu, and is remembered', async ({ launch }) => {
  const first = await launch();
  expect(await isDark(first)).toBe(false);
  await shellOf(first).call('clickMenu', 'theme-dark');
  await expect.poll(() => isDark(first)).toBe(true);
  await first.close();
  const second = await launch();
  expect(await shellOf(second).call('window')).toMatchObject({ backgroundColor: '#111316' });
  expect((await shellOf(second).call('menu')).find(({ checked }) => checked)).toMatchObject({ id: 'theme-dark' });
});

test('the tray counts what arrives', async ({ host }) => {
  const shell = shellOf(host);
  await expect.poll(async () => (await shell.call('tray')).toolTip).toBe('Sidelight: 0 spans, 0 errors, 0 logs');
  await sendSpans(host);
  await expect.poll(async () => (await shell.call('tray')).toolTip).toBe('Sidelight: 2 spans, 1 error, 0 logs');
  expect((await shell.call('tray')).items.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['1 trace', '2 spans', '1 error', '0 logs']),
  );
});

test('a second launch shows the first and ends', async ({ host, dataDirectory }) => {
  const shell = shellOf(host);
  await shell.call('minimise');
  const { focusCount } = await shell.call('window');
  await shell.call('secondInstance', ['--data-dir=/etc', 'https://example.com/']);
  expect(await shell.call('window')).toMatchObject({ focusCount: focusCount + 1, visible: true });
  expect(await shell.call('recorded')).toMatchObject({ opened: [] });

  const second = new AppProcess(startStandIn({ dataDirectory, browser: findBrowser() ?? '' }, 'second'));
  await second.ended();
});

test('closing the window ends the app, with everything that it had acknowledged', async ({ launch }) => {
  const first = await launch();
  await sendSpans(first);
  await first.page.close();
  await expect.poll(() => first.isRunning()).toBe(false);
  const second = await launch();
  await expect.poll(async () => (await shellOf(second).call('tray')).toolTip).toContain('2 spans');
});

test('a data directory that another one uses is said in words, and is the end', async ({ host, dataDirectory }) => {
  const second = new AppProcess(startStandIn({ dataDirectory, browser: findBrowser() ?? '' }));
  expect(await second.exit).toBe(1);
  expect(second.stderr).toContain('[dialog] Sidelight cannot go on: ');
  await sendSpans(host);
});

test('a damaged window file does not keep it from starting', async ({ host, launch, dataDirectory }) => {
  await host.close();
  const file = path.join(dataDirectory, 'desktop', 'window.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ theme: 'system' });
  await writeFile(file, '{"bounds":');
  const again = await launch();
  expect(await shellOf(again).call('window')).toMatchObject({ bounds: { width: 1280, height: 800 } });
});

test('wrong arguments are said in words', async ({ dataDirectory }) => {
  const app = new AppProcess(startStandIn({ dataDirectory, browser: findBrowser() ?? '' }, 'first', ['--grpc-port', 'x']));
  expect(await app.exit).toBe(2);
  expect(app.stderr).toContain('--grpc-port takes a port');
});
