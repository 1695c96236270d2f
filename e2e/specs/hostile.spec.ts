import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/host-test.ts';
import type { Host } from '../hosts/host.ts';

/** Telemetry is written by others: what it holds is shown, and does nothing (conformance reference 3E). */
const payload = '<img src=x onerror="window.__xss=1"><svg onload="window.__xss=1">\u001b]8;;http://evil.test\u0007\u202E{{7*7}}';
const traceId = '5b8efff798038103d269b633813fc60c';
const spanId = 'eee19b7ec3c1b174';

function text(key: string, value: string): unknown {
  return { key, value: { stringValue: value } };
}

async function send(host: Host): Promise<void> {
  const attributes = [text(payload, payload), text('url.full', 'javascript:window.__xss=1'), text('__proto__', 'constructor')];
  const times = { startTimeUnixNano: '1760000000000000000', endTimeUnixNano: '1760000000250000000' };
  const exception = { name: 'exception', attributes: [text('exception.type', payload), text('exception.stacktrace', payload)] };
  const span = { traceId, spanId, ...times, name: payload, attributes, events: [exception], status: { code: 2, message: payload } };
  const log = { timeUnixNano: '1760000000000000000', traceId, spanId, body: { stringValue: payload }, attributes, severityText: payload };
  const resource = { attributes: [text('service.name', payload)] };
  const bodies = {
    traces: { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: payload }, spans: [span] }] }] },
    logs: { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: payload }, logRecords: [log] }] }] },
  };
  for (const [signal, body] of Object.entries(bodies)) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${host.httpUrl}/v1/${signal}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
  }
}

async function expectInert(page: Page): Promise<void> {
  expect(await page.evaluate(() => '__xss' in window)).toBe(false);
  expect(await page.locator('img[src="x"], a[href^="javascript:"]').count()).toBe(0);
}

test('hostile telemetry is shown inertly in every view', async ({ host, page }) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await send(host);
  await page.goto(host.address('/traces'));
  await expect(page.getByRole('table', { name: 'Traces' })).toContainText('{{7*7}}');
  await expectInert(page);

  await page.goto(host.address(`/traces/${traceId}?span=${spanId}`));
  await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText('onerror');
  await expectInert(page);

  await page.goto(host.address('/logs'));
  await page.getByRole('row').filter({ hasText: 'onerror' }).click();
  await expect(page.getByRole('complementary', { name: 'Log record' })).toContainText('onerror');
  await expectInert(page);
  expect(dialogs).toEqual([]);
});
