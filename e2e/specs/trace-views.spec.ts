import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { orderTraceId, sendOrderTrace, stockSpanId, stockStart } from '../fixtures/order-trace.ts';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** The ways of looking at a trace other than its timeline, with a trace of which all numbers are known. */
const open = async (host: Host, page: Page, search = ''): Promise<void> => {
  await sendOrderTrace(host);
  await page.goto(host.address(`/traces/${orderTraceId}${search}`));
  await page.getByRole('tab', { selected: true }).waitFor();
};

/** The texts of the cells of each row below the head. */
const rowsOf = async (grid: Locator): Promise<string[][]> => {
  const rows = await grid.getByRole('row').all();
  return Promise.all(
    rows.slice(1).map(async (row) => (await row.getByRole('gridcell').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))),
  );
};

test('each view has a key and an address', async ({ host, page }) => {
  await open(host, page);
  const views = [
    { keys: ['v', 'f'], tab: 'flame', role: 'tree', name: 'Frames' },
    { keys: ['v', 's'], tab: 'spans', role: 'grid', name: 'Spans' },
    { keys: ['v', 'a'], tab: 'statistics', role: 'grid', name: 'Statistics' },
    { keys: ['v', 'm'], tab: 'map', role: 'group', name: 'Map of the trace' },
    { keys: ['v', 'j'], tab: 'json', role: 'region', name: 'JSON of the trace' },
  ] as const;
  for (const { keys, tab, role, name } of views) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`tab=${tab}`));
    await expect(page.getByRole(role, { name, exact: true })).toBeVisible();
  }
  await page.keyboard.press('t');
  await expect(page).not.toHaveURL(/tab=/);
  await page.goBack();
  await expect(page.getByRole('region', { name: 'JSON of the trace' })).toBeVisible();
});

test('the table of spans is ordered, filtered and grouped, and opens a span', async ({ host, page }) => {
  await open(host, page, '?tab=spans&columns=db.namespace');
  const grid = page.getByRole('grid', { name: 'Spans' });
  await expect(grid.getByRole('columnheader', { name: 'db.namespace' })).toBeVisible();
  await grid.getByRole('button', { name: 'Duration' }).click();
  await expect(page).toHaveURL(/sort=-duration/);
  // Equal ones stand as in the tree.
  await expect(grid.getByRole('row')).toHaveText([/^Name/, /^GET \/order/, /^GET/, /^GET \/stock/, /^SELECT/, /^SELECT/, /^publish/]);
  expect((await rowsOf(grid)).map((cells) => `${cells[4]}, self ${cells[5]}, ${cells.at(-1)}`)).toEqual([
    '100 ms, self 20 ms, ',
    '80 ms, self 20 ms, ',
    '60 ms, self 20 ms, ',
    '20 ms, self 20 ms, stock-db',
    '10 ms, self 10 ms, stock-db',
    '10 ms, self 10 ms, ',
  ]);

  await page.keyboard.press('/');
  await page.keyboard.type('order-stock client');
  await expect(page.getByText('2 of 6 spans')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText('SELECT');

  await page.goto(host.address(`/traces/${orderTraceId}?tab=spans&group=service&sort=-self`));
  const groups = page.getByRole('treegrid', { name: 'Spans in groups' });
  await expect(groups.getByRole('row')).toHaveCount(3);
  expect(await rowsOf(groups)).toEqual([
    ['order-stock', '4', '1', '60 ms', '60 ms', '25 ms', '10 ms', '60 ms', '60 ms', '60%'],
    ['order-web', '2', '0', '100 ms', '40 ms', '90 ms', '80 ms', '100 ms', '100 ms', '40%'],
  ]);
  await groups.focus();
  await page.keyboard.press('ArrowRight');
  await expect(groups.getByRole('row')).toHaveCount(7);
  await expect(page).toHaveURL(/open=order-stock/);
});

test('statistics by an attribute lead to its spans', async ({ host, page }) => {
  await open(host, page, '?tab=statistics');
  await page.getByLabel('By').selectOption('db.namespace');
  const grid = page.getByRole('grid', { name: 'Statistics' });
  await expect(grid.getByRole('gridcell', { name: 'stock-db', exact: true })).toBeVisible();
  expect((await rowsOf(grid)).map((cells) => cells.slice(0, 5))).toEqual([
    ['no db.namespace', '4', '1', '100 ms', '70 ms'],
    ['stock-db', '2', '0', '30 ms', '30 ms'],
  ]);
  await page.getByRole('gridcell', { name: 'stock-db', exact: true }).click();
  await expect(page).toHaveURL(/tab=spans.*by=attribute:db.namespace.*is=stock-db/);
  await expect(page.getByText('2 of 6 spans')).toBeVisible();
});

test('the flame graph is walked, zoomed and left by keyboard', async ({ host, page }) => {
  await open(host, page, '?tab=flame');
  const tree = page.getByRole('tree', { name: 'Frames' });
  await expect(tree).toBeFocused();
  const active = async (): Promise<string> => page.locator(`[id="${await tree.getAttribute('aria-activedescendant')}"]`).innerText();
  expect(await active()).toContain('GET /order, order-web, 1 span, total 100 ms, self 20 ms');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  expect(await active()).toContain('SELECT, order-stock, 2 spans, total 30 ms, self 30 ms');
  await page.keyboard.press('ArrowRight');
  expect(await active()).toContain('publish, order-stock, 1 span, total 10 ms, self 10 ms, 1 error');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const way = page.getByRole('list', { name: 'Way to the frame' });
  await expect(way.getByRole('button')).toHaveText(['Whole trace', 'GET /order', 'GET', 'GET /stock']);
  await expect(page).toHaveURL(new RegExp(`frame=${stockSpanId}`));
  await page.keyboard.press('o');
  await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText('GET /stock');
  await tree.focus();
  await page.keyboard.press('Escape');
  await expect(way).toBeHidden();
});

test('the map names services, databases and queues, and has a form as a list', async ({ host, page }) => {
  await open(host, page, '?tab=map');
  const map = page.getByRole('group', { name: 'Map of the trace' });
  await expect(map.getByRole('button', { name: 'order-stock 4 spans · 1 error' })).toBeVisible();
  await map.getByRole('button', { name: /^order-web/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(map.getByRole('button', { name: /^order-stock/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('4 of 6 spans')).toBeVisible();

  await page.goto(host.address(`/traces/${orderTraceId}?tab=map&form=list`));
  const list = page.getByRole('grid', { name: 'Calls between services' });
  await expect(list.getByRole('row')).toHaveCount(4);
  expect(await rowsOf(list)).toEqual([
    ['order-web', 'order-stock', 'Call', '1', '', '80 ms', '80 ms'],
    ['order-stock', 'stock-db', 'Database', '2', '', '30 ms', '15 ms'],
    ['order-stock', 'stock-seen', 'Messages', '1', '1', '10 ms', '10 ms'],
  ]);
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/by=call/);
  await expect(page.getByText('2 of 6 spans')).toBeVisible();
});

test('the JSON has every digit, is searched, and is that of one span', async ({ host, page }) => {
  await open(host, page, `?tab=json&span=${stockSpanId}`);
  const json = page.getByRole('region', { name: 'JSON of the trace' });
  await expect(json).toContainText(`"startTimeUnixNano": "${stockStart}"`);
  await page.keyboard.press('/');
  await page.keyboard.type('stock-seen');
  await expect(page.getByText('1 of 1', { exact: true })).toBeVisible();
  await expect(json.locator('mark')).toHaveText('stock-seen');
  await page.getByRole('radio', { name: 'Selected span' }).check({ force: true });
  await expect(page.getByText('1 span', { exact: true })).toBeVisible();
  await expect(json).not.toContainText('GET /order');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`no accessibility violations in any view (${colorScheme})`, async ({ host, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(host, page);
    const searches = [
      `tab=flame&frame=${stockSpanId}`,
      'tab=spans&group=service&open=order-stock',
      'tab=statistics',
      'tab=map',
      'tab=json&text=stock',
    ];
    for (const search of searches) {
      await page.goto(host.address(`/traces/${orderTraceId}?${search}`));
      await page.getByRole('tab', { selected: true }).waitFor();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      const axe = new AxeBuilder({ page }).include('main');
      const { violations } = await (colorScheme === 'light' ? axe.withRules(['color-contrast']) : axe).analyze();
      expect(violations.map(({ id, nodes }) => ({ search, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    }
  });
}
