import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { askApi } from '../fixtures/run-sdk-service.ts';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** Files come in by being dropped or chosen, are labelled, can be taken back and removed, and traces leave as files again. */

const startMicros = 1_760_000_000_000_000;

function jaegerFile(traceID: string): string {
  const span = {
    traceID,
    operationName: 'GET /import',
    references: [],
    startTime: startMicros,
    duration: 250_000,
    tags: [],
    logs: [],
    processID: 'p1',
  };
  const spans = [
    { ...span, spanID: 'a1' },
    { spanID: 'broken' },
    { ...span, spanID: 'a2', references: [{ refType: 'CHILD_OF', traceID, spanID: 'a1' }] },
  ];
  return JSON.stringify({ data: [{ traceID, spans, processes: { p1: { serviceName: 'shop-from-jaeger', tags: [] } } }] });
}

function zipkinFile(traceId: string): string {
  return JSON.stringify([
    {
      traceId,
      id: 'b1',
      name: 'get /zipkin',
      timestamp: startMicros,
      duration: 90_000,
      localEndpoint: { serviceName: 'shop-from-zipkin' },
    },
  ]);
}

async function drop(page: Page, files: readonly (readonly [name: string, content: string])[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, content] of given) transfer.items.add(new File([content], name));
    return transfer;
  }, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  await expect(page.getByText('Drop to open')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}

const isStored = async (host: Host, traceId: string): Promise<boolean> => {
  const { status } = await fetch(`${host.apiUrl}/traces/${traceId}/structure`, { headers: { authorization: `Bearer ${host.token}` } });
  return status === 200;
};

test('files of Jaeger and Zipkin are dropped, read as far as they can be, labelled, and removed again', async ({ host, page }) => {
  const [fromJaeger, fromZipkin] = ['f11e0000000000000000000000000001', 'f11e0000000000000000000000000002'];
  await drop(page, [
    ['checkout.json', jaegerFile(fromJaeger)],
    ['upstream.txt', zipkinFile(fromZipkin)],
    ['notes.json', 'hello'],
  ]);
  await expect(page).toHaveURL(/\/files$/);
  const row = (name: string) => page.getByRole('listitem', { name });
  await expect(row('checkout.json')).toContainText('2 spans of 1 trace');
  await expect(row('checkout.json')).toContainText('Jaeger JSON');
  await expect(row('upstream.txt')).toContainText('Zipkin JSON');
  await expect(row('notes.json').getByRole('alert')).toContainText('This file cannot be read');
  await row('checkout.json').getByText('1 part of it was not taken').click();
  await expect(row('checkout.json')).toContainText('span 2 has no valid traceID, spanID and startTime');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);

  await row('checkout.json').getByRole('link', { name: 'Show trace' }).click();
  await expect(page.getByRole('heading', { name: 'GET /import' })).toBeVisible();
  await expect(page.getByRole('main').getByText('from checkout.json')).toBeVisible();
  await page.goto(host.address('/traces?q=service:shop-from-zipkin'));
  await expect(page.getByRole('row', { name: /get \/zipkin/ }).getByTitle(/^From upstream\.txt, opened/)).toBeVisible();

  // By keys alone.
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await row('checkout.json').getByRole('button', { name: 'Remove checkout.json' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('also those of pinned traces');
  await page.keyboard.press('Enter');
  await expect(row('checkout.json')).toHaveCount(0);
  expect(await isStored(host, fromJaeger)).toBe(false);
  expect(await isStored(host, fromZipkin)).toBe(true);
});

test('a file on its way shows how far it is, and is taken back', async ({ host, page }) => {
  const headers = { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' };
  const post = async (path: string, body: object): Promise<{ id: number }> => {
    const response = await fetch(host.apiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as { id: number };
  };
  const { id } = await post('/imports', { name: 'night-run.jsonl', bytes: 1_000_000 });
  await post(`/imports/${id}/pieces`, { offset: 0, base64: Buffer.alloc(250_000).toString('base64') });
  await page.goto(host.address('/files'));
  const row = page.getByRole('listitem', { name: 'night-run.jsonl' });
  await expect(row).toContainText('Handing over 25% of 1 MB');
  await row.getByRole('button', { name: 'Cancel night-run.jsonl' }).click();
  await expect(row).toHaveCount(0);
  const { items } = await askApi<{ items: { id: number }[] }>(host, '/imports');
  expect(items.map((item) => item.id)).not.toContain(id);
});

test('a trace is downloaded, and the file gives the same trace again', async ({ host, page }) => {
  test.skip(host.name === 'electron', 'Where the desktop saves a file, a dialog of the system asks.');
  const { items } = await askApi<{ items: { traceId: string }[] }>(host, '/traces?query=ConnectError');
  const traceId = items[0]?.traceId ?? '';
  const before = await askApi<{ spans: unknown[] }>(host, `/traces/${traceId}`);
  await page.goto(host.address(`/traces/${traceId}`));
  await page.getByRole('button', { name: 'Copy the trace' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /Download OTLP JSON/ }).click()]);
  expect(download.suggestedFilename()).toBe(`${traceId}.otlp.jsonl`);
  const other = 'f11e0000000000000000000000000003';
  const content = (await readFile(await download.path(), 'utf8')).replaceAll(traceId, other);
  await page.goto(host.address('/files'));
  await drop(page, [['again.jsonl', content]]);
  await expect(page.getByRole('listitem', { name: 'again.jsonl' })).toContainText(`${before.spans.length} spans of 1 trace`);
  const after = await askApi<{ spans: unknown[] }>(host, `/traces/${other}`);
  expect(JSON.parse(JSON.stringify(after.spans).replaceAll(other, traceId))).toEqual(before.spans);
});
