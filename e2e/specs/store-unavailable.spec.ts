import { rename } from 'node:fs/promises';
import path from 'node:path';
import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/host-test.ts';

/** The store's file is taken away while it is open, as a cleaning tool or a sync program does it, and put back. */
test('telemetry that cannot be stored is said so in words, until it can be', async ({ host, page, dataDirectory }) => {
  const database = path.join(dataDirectory, 'sidelight.db');
  const send = () => fetch(`${host.apiUrl}/samples`, { method: 'POST', headers: { authorization: `Bearer ${host.token}` } });
  await page.goto(host.address('/traces'));
  await rename(database, `${database}.away`);
  expect((await send()).status).toBe(503);
  const notice = page.getByRole('alert').filter({ hasText: 'Telemetry is not being stored' });
  await expect(notice).toBeVisible();

  await rename(`${database}.away`, database);
  expect((await send()).status).toBe(200);
  await expect(notice).toBeHidden();
  await page.goto(host.address('/traces'));
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link').first()).toBeVisible();
  expect((await askApi<{ items: unknown[] }>(host, '/traces')).items.length).toBeGreaterThan(0);
});
