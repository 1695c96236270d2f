import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** The samples, as a newcomer walks through them. */
test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link').first()).toBeVisible();
});

test('a refused call is found by its error and says why it failed', async ({ page }) => {
  await page.getByRole('combobox').fill('status:error ConnectError');
  await expect(page).toHaveURL(/q=status/);
  const rows = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  // One for each time that the samples were sent.
  await expect(rows.filter({ hasNotText: 'quotes' })).toHaveCount(0);
  await rows.first().click();
  await expect(page.getByRole('main')).toContainText('All connection attempts failed');
});

test('a query that cannot be read says where', async ({ page }) => {
  await page.getByRole('combobox').fill('GET "never closed');
  await expect(page.getByRole('alert')).toContainText(/quote|"/i);
});

test('the list and the timeline are walked by keyboard alone', async ({ page }) => {
  const links = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);

  const tree = page.getByRole('tree', { name: 'Spans' });
  await tree.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Span details' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Span details' })).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/logs/);
});

test('a log line’s address opens it, also where it is filtered out', async ({ host, page }) => {
  const { items } = await askApi<{ items: { id: string; body: { stringValue?: string } }[] }>(host, '/logs?query=%22not+cached%22&limit=1');
  const [log] = items;
  await page.goto(host.address(`/logs?severity=ERROR&log=${log?.id}`));
  const record = page.getByRole('complementary', { name: 'Log record' });
  await expect(record).toContainText(log?.body.stringValue ?? 'no such line');
  await expect(record).toContainText('Not among the lines that are listed');
  await page.goto(host.address('/logs?log=999999999'));
  await expect(record).toContainText('not stored');
});

test('the logs of a trace are walked by keyboard, and the timeline after them', async ({ page }) => {
  await page.getByRole('combobox').fill('ConnectError');
  const rows = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await expect(rows.filter({ hasNotText: 'quotes' })).toHaveCount(0);
  await rows.first().click();
  await expect(page.getByRole('tree', { name: 'Spans' })).toBeFocused();
  await page.keyboard.press('l');
  await expect(page.getByRole('grid', { name: 'Logs of the trace' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Span details' })).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('tree', { name: 'Spans' })).toBeFocused();
});

test('nothing moves under the reader while more arrives', async ({ host, page }) => {
  const rows = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const focused = await rows.nth(1).textContent();
  await fetch(`${host.apiUrl}/samples`, { method: 'POST', headers: { authorization: `Bearer ${host.token}` } });
  await page.getByRole('button', { name: /new/ }).waitFor();
  await expect(rows.nth(1)).toHaveText(focused ?? '');
  await expect(rows.nth(1)).toBeFocused();
  await page.getByRole('button', { name: /new/ }).click();
  await expect(rows.first()).toBeVisible();
});
