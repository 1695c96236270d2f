import { expect, test } from '../hosts/shared-host-test.ts';

/** The query over a list: completed by keyboard, several services as alternatives, operators left as they were typed. */
test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link').first()).toBeVisible();
});

test('fields and values are completed without a mouse', async ({ page }) => {
  const box = page.getByRole('combobox', { name: 'Search traces' });
  await page.keyboard.press('/');
  await page.keyboard.type('st');
  await expect(page.getByRole('option')).toHaveText([/^status:/]);
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
