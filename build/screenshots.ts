import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askApi } from '../e2e/fixtures/run-sdk-service.ts';
import { launchBrowserHost } from '../e2e/hosts/browser.ts';
import type { Host } from '../e2e/hosts/host.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { ensureBuilt } from './ensure-built.ts';

/** `npm run screenshots`: the pictures in `docs/screenshots/`, of the sample telemetry, dark and light, at the two widths that the design is made for. */
const folder = 'docs/screenshots';
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

interface View {
  name: string;
  path: string;
}

/** The trace whose call was refused, with the failing span looked at. */
async function views(host: Host): Promise<View[]> {
  await askApi(host, '/samples', 'POST');
  const { items } = await askApi<{ items: { traceId: string }[] }>(host, '/traces?query=ConnectError');
  const traceId = items[0]?.traceId;
  if (traceId === undefined) throw new Error('The samples hold no refused call.');
  const { spans } = await askApi<{ spans: { spanId: string; kind: number; status: { code: number } }[] }>(host, `/traces/${traceId}`);
  const refused = spans.find(({ kind, status }) => kind === 3 && status.code === 2);
  return [
    { name: 'traces', path: '/traces' },
    { name: 'trace', path: `/traces/${traceId}?span=${refused?.spanId}` },
    { name: 'logs', path: '/logs' },
    { name: 'connections', path: '/doctor' },
    { name: 'setup', path: '/setup' },
  ];
}

async function take(host: Host): Promise<void> {
  for (const { name, path } of await views(host)) {
    for (const size of sizes) {
      for (const colorScheme of ['dark', 'light'] as const) {
        await host.page.setViewportSize(size);
        await host.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await host.page.goto(host.address(path));
        await host.page.waitForLoadState('networkidle');
        await host.page.waitForFunction(() => document.fonts.status === 'loaded' && document.querySelector('[aria-busy="true"]') === null);
        const file = join(folder, `${name}-${colorScheme}-${size.width}.png`);
        await host.page.screenshot({ path: file });
        console.log(file);
      }
    }
  }
}

ensureBuilt();
mkdirSync(folder, { recursive: true });
const dataDirectory = mkdtempSync(join(tmpdir(), 'sidelight-screenshots-'));
const host = await launchBrowserHost({ dataDirectory, browser: await ensureBrowser() });
try {
  await take(host);
} finally {
  await host.close();
  rmSync(dataDirectory, { recursive: true, force: true });
}
