import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../hosts/shared-host-test.ts';

/** The query over a list: completed by keyboard, several services as alternatives, operators left as they were typed. */
test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link').first()).toBeVisible();
});

test('fields and values are completed without a mouse', async ({ page }) => {
  const box = page.getByRole('combobox', { name: 'Search traces' });
  await page.keyboard.press('/');
  await page.keyboard.type('st');
  await expect(page.getByRole('option').first()).toHaveText(/^status:/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('status:');
  await expect(page.getByRole('option')).toHaveText(['status:error', 'status:ok', 'status:unset']);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('status:unset ');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(page).toHaveURL(/q=status%3Aunset|q=status:unset/);

  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option').filter({ hasText: 'duration' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(box).toHaveValue('status:unset ');
});

test('keys and values are completed from what is stored, with counts', async ({ host, page }) => {
  const names = ['GET /basket', 'GET /basket', 'POST /basket'];
  const spans = names.map((name, index) => ({
    traceId: `ba5c${String(index).padStart(28, '0')}`,
    spanId: `ba5c${String(index).padStart(12, '0')}`,
    name,
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000001000000',
    attributes: [{ key: 'basket kind', value: { stringValue: index === 0 ? 'fruit and nuts' : 'bread' } }],
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'basket-service' } }] };
  const sent = await fetch(`${host.httpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
  });
  expect(sent.ok).toBe(true);

  const box = page.getByRole('combobox', { name: 'Search traces' });
  const options = page.getByRole('option');
  await page.keyboard.press('/');
  await page.keyboard.type('basket');
  await expect(options).toHaveText(['"basket kind"=3']);
  await expect(page.getByText(/^Counted among the newest \d+ spans$/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('search').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(options).toHaveText(['"basket kind"=bread 2', '"basket kind"="fruit and nuts" 1']);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await expect(box).toHaveValue('"basket kind"="fruit and nuts" ');
  const rows = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await expect(rows).toHaveText([/GET \/basket/]);

  await box.fill('');
  await page.keyboard.type('name:"post /b');
  await expect(options).toHaveText(['name:"POST /basket" 1']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveText([/POST \/basket/]);
});

test('stars, regular expressions and selectors of TraceQL are understood, and what is wrong in them is pointed at', async ({ page }) => {
  const box = page.getByRole('combobox', { name: 'Search traces' });
  const rows = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await box.fill('name:GET* kind:server http.route=/api/v1/*');
  await box.press('Enter');
  await expect(rows.filter({ hasNotText: 'ktrdr-apiGET' })).toHaveCount(0);
  const found = await rows.allTextContents();

  await box.fill('name~"^GET (/" kind:server');
  await expect(page.getByRole('alert')).toContainText('Character 12: This parenthesis of the regular expression is not closed.');
  await box.fill('name~"^GET.*" kind:server http.route=/api/v1/*');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(rows).toHaveText(found);

  await box.fill('{ name =~ "GET.*" && kind = server } | count() > 1');
  await expect(page.getByRole('alert')).toContainText('Pipelines of TraceQL');
  await box.fill('{ name =~ "GET.*" && kind = server && span.http.route =~ "/api/v1/.*" }');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(rows).toHaveText(found);
});

test('two services are either of them', async ({ host, page }) => {
  const { items } = (await (await fetch(`${host.apiUrl}/services`, { headers: { authorization: `Bearer ${host.token}` } })).json()) as {
    items: { name: string }[];
  };
  const [first = '', second = ''] = items.map(({ name }) => name);
  const rows = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  const all = await rows.count();
  await page.getByRole('combobox').fill(`service:${first} service:${second} `);
  await page.getByRole('combobox').press('Enter');
  await expect(page.getByRole('button', { name: /^Remove filter service/ })).toHaveCount(2);
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(`(service:${first} OR service:${second})`);
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThanOrEqual(all);
  await page.reload();
  await expect(page.getByRole('button', { name: /^Remove filter service/ })).toHaveCount(2);
});

test('a query with OR and NOT stays as it was typed', async ({ page }) => {
  const query = 'NOT status:error (timeout OR service:x)';
  await page.getByRole('combobox').fill(query);
  await expect(page.getByText('No trace matches')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('combobox')).toHaveValue(query);
});
