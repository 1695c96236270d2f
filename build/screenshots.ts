import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askApi } from '../e2e/fixtures/run-sdk-service.ts';
import { launchBrowserHost } from '../e2e/hosts/browser.ts';
import type { Host } from '../e2e/hosts/host.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { ensureBuilt } from './ensure-built.ts';
import { sizedTrace } from './sized-trace.ts';

/** `npm run screenshots`: the pictures in `docs/screenshots/`, of the sample telemetry and of traces of several sizes, dark and light, at the widths that the design is made for. */
const folder = 'docs/screenshots';
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

interface View {
  name: string;
  path: string;
  sizes: readonly (typeof sizes)[number][];
}

/** Traces of these many spans: at each of them another thing can go wrong in a picture. */
const traceSizes = [5, 500, 100_000];

/** The trace whose call was refused, with the failing span looked at, in each of its views; and what lies around it. */
async function views(host: Host): Promise<View[]> {
  await askApi(host, '/samples', 'POST');
  const { items } = await askApi<{ items: { traceId: string }[] }>(host, '/traces?query=ConnectError');
  const traceId = items[0]?.traceId;
  if (traceId === undefined) throw new Error('The samples hold no refused call.');
  const { spans } = await askApi<{ spans: { spanId: string; kind: number; status: { code: number } }[] }>(host, `/traces/${traceId}`);
  const refused = spans.find(({ kind, status }) => kind === 3 && status.code === 2);
  const [large = '', medium = ''] = await Promise.all([traceSizes[2], traceSizes[1]].map((size = 0) => send(host, size)));
  const small = sizes.slice(0, 1);
  return [
    { name: 'traces', path: '/traces', sizes },
    { name: 'trace', path: `/traces/${traceId}?span=${refused?.spanId}`, sizes },
    { name: 'trace-5', path: `/traces/${await send(host, 5)}`, sizes: small },
    { name: 'trace-500', path: `/traces/${medium}`, sizes: small },
    { name: 'trace-100000', path: `/traces/${large}`, sizes: small },
    { name: 'trace-critical-path', path: `/traces/${traceId}?path=critical`, sizes: small },
    { name: 'trace-flame', path: `/traces/${medium}?tab=flame`, sizes: small },
    { name: 'trace-spans', path: `/traces/${medium}?tab=spans&group=name`, sizes: small },
    { name: 'trace-statistics', path: `/traces/${medium}?tab=statistics`, sizes: small },
    { name: 'trace-map', path: `/traces/${medium}?tab=map`, sizes: small },
    { name: 'compare', path: `/compare?a=${medium}&b=${large}`, sizes: small },
    { name: 'logs', path: '/logs', sizes },
    { name: 'connections', path: '/doctor', sizes },
    { name: 'setup', path: '/setup', sizes },
  ];
}

/** Resolves with the trace's id. */
async function send(host: Host, size: number): Promise<string> {
  const { traceId, requests } = sizedTrace(size);
  for (const request of requests) {
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(`${host.httpUrl}/v1/traces`, { method: 'POST', headers, body: JSON.stringify(request) });
    if (status !== 200) throw new Error(`The trace of ${size} spans was answered with ${status}.`);
  }
  return traceId;
}

async function take(host: Host): Promise<void> {
  for (const view of await views(host)) {
    for (const size of view.sizes) {
      for (const colorScheme of ['dark', 'light'] as const) {
        await host.page.setViewportSize(size);
        await host.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await host.page.goto(host.address(view.path));
        await host.page.waitForLoadState('networkidle');
        await host.page.waitForFunction(() => document.fonts.status === 'loaded' && document.querySelector('[aria-busy="true"]') === null);
        const file = join(folder, `${view.name}-${colorScheme}-${size.width}.png`);
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
