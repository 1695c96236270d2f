import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { itemsSpanId, sendShopTrace, sendSpan, shopTraceId } from '../fixtures/shop-trace.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** The timeline of a trace: what it folds, finds and draws, by keyboard and in the address. */
test.beforeEach(async ({ host, page }) => {
  await sendShopTrace(host);
  await page.goto(host.address(`/traces/${shopTraceId}`));
  await expect(rows(page).first()).toBeVisible();
});

const rows = (page: Page) => page.getByRole('treeitem');
const row = (page: Page, name: RegExp) => page.getByRole('treeitem', { name });
/** The row that the keyboard is on. */
const current = async (page: Page): Promise<string> => {
  const active = await page.getByRole('tree').getAttribute('aria-activedescendant');
  return page.locator(`[id="${active}"]`).innerText();
};
const parameter = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);

test('runs of similar spans are one row, which a click or a key opens', async ({ page }) => {
  await expect(rows(page)).toHaveCount(9);
  const queries = row(page, /SELECT item.*48 similar spans folded, 384 ms in total/);
  await expect(queries).toHaveAttribute('aria-expanded', 'false');
  await expect(row(page, /redis GET.*6 similar spans folded.*6 errors/)).toBeVisible();

  await queries.click();
  await expect(row(page, /SELECT item/)).not.toHaveCount(1);
  await expect.poll(() => parameter(page, 'runs')).not.toBeNull();
  await page.getByRole('tree').press('ArrowLeft');
  await expect(row(page, /SELECT item/)).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(row(page, /SELECT item/)).not.toHaveCount(1);

  await page.keyboard.press('x');
  await expect(page.getByRole('button', { name: 'Fold similar' })).toHaveAttribute('aria-pressed', 'false');
  expect(parameter(page, 'runs')).toBe('none');
});

test('what is folded away is found, and stepped to', async ({ page }) => {
  await page.keyboard.press('f');
  await page.keyboard.type('select');
  const found = page.getByRole('search').getByRole('status');
  await expect(found).toHaveText('48 matches');
  await expect.poll(() => parameter(page, 'find')).toBe('select');
  await page.keyboard.press('Enter');
  await expect(found).toHaveText('1 of 48');
  await expect(row(page, /SELECT item.*found/)).not.toHaveCount(1);
  await page.keyboard.press('Shift+Enter');
  await expect(found).toHaveText('48 of 48');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('n');
  await expect(found).toHaveText('1 of 48');
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('select');
  await expect(found).toHaveText('48 matches');
  await page.getByRole('searchbox').fill('no such thing');
  await expect(found).toHaveText('nothing found');
});

test('every error is stepped to, also in a fold', async ({ page }) => {
  await page.keyboard.press('e');
  await expect.poll(() => current(page)).toContain('redis GET');
  await expect(row(page, /redis GET/)).toHaveCount(6);
  await page.keyboard.press('E');
  await page.keyboard.press('E');
  await expect.poll(() => current(page)).toContain('redis GET');
});

test('a span becomes the top of the timeline, and the trace comes back', async ({ page }) => {
  await row(page, /GET \/items/).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(rows(page)).toHaveCount(3);
  expect(parameter(page, 'root')).toBe(itemsSpanId);
  const way = page.getByRole('navigation', { name: 'Part of the trace' });
  await expect(way).toContainText('55 of 500 spans');
  await expect(rows(page).first()).toHaveAttribute('aria-level', '1');
  await way.getByRole('button', { name: 'GET /cart' }).click();
  await expect(rows(page)).toHaveCount(8);
  await page.keyboard.press('R');
  await expect(rows(page)).toHaveCount(9);
  await expect(way).toHaveCount(0);
});

test('the critical path and adjusted clocks are shown when they are asked for', async ({ page }) => {
  await expect(row(page, /POST \/verify.*clock 249 ms ahead/)).toBeVisible();
  await expect(row(page, /critical path/)).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(row(page, /GET \/items.*on the critical path/)).toBeVisible();
  await expect(row(page, /POST \/verify.*on the critical path/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Adjust clocks' }).click();
  await expect(page.getByText(/^Adjusted: The clock of shop-auth/)).toBeVisible();
  await expect(row(page, /POST \/verify.*moved 249 ms.*starts at 11 ms.*on the critical path/)).toBeVisible();
  expect([parameter(page, 'path'), parameter(page, 'clocks')]).toEqual(['critical', 'adjusted']);
});

test('a span that arrives late says so, and so does one whose parent has not', async ({ host, page }) => {
  const traceId = crypto.randomUUID().replaceAll('-', '');
  const early = { id: 'abc1000000000001', parent: 'abc1000000000002', service: 'shop-late', name: 'pay', fromMs: 10, toMs: 20 };
  await sendSpan(host, traceId, early);
  await page.goto(host.address(`/traces/${traceId}`));
  await expect(row(page, /pay.*no parent yet/)).toBeVisible();
  await sendSpan(host, traceId, { id: 'abc1000000000002', service: 'shop-late', name: 'order', fromMs: 0, toMs: 30 });
  await expect(row(page, /order.*just arrived/)).toBeVisible();
  await expect(row(page, /pay.*10 ms/)).toHaveAttribute('aria-level', '2');
  await expect(row(page, /no parent yet|pay.*just arrived/)).toHaveCount(0);
});

test('similar spans that arrive one by one do not fold under the reader', async ({ host, page }) => {
  const traceId = crypto.randomUUID().replaceAll('-', '');
  const query = (number: number) =>
    sendSpan(host, traceId, {
      id: `abc300000000000${number}`,
      parent: 'abc2000000000000',
      service: 'shop-late',
      name: 'SELECT one',
      fromMs: number,
      toMs: number + 1,
    });
  await sendSpan(host, traceId, { id: 'abc2000000000000', service: 'shop-late', name: 'page', fromMs: 0, toMs: 30 });
  for (const number of [1, 2, 3, 4]) await query(number);
  await page.goto(host.address(`/traces/${traceId}`));
  await expect(rows(page)).toHaveCount(5);
  await query(5);
  await expect(rows(page)).toHaveCount(6);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, /5 similar spans folded/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(rows(page)).toHaveCount(6);
});

test('the timeline can be walked without a mouse and without seeing it', async ({ page }) => {
  const tree = page.getByRole('tree', { name: 'Spans' });
  await expect(tree).toBeFocused();
  const walk = [
    ['End', /write/],
    ['Home', /GET \/cart/],
    ['ArrowDown', /authorise/],
    ['ArrowRight', /POST \/verify/],
    ['ArrowLeft', /authorise/],
  ] as const;
  for (const [key, name] of walk) {
    await page.keyboard.press(key);
    await expect.poll(() => current(page)).toMatch(name);
  }
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, /authorise/)).toHaveAttribute('aria-expanded', 'false');
  await expect(rows(page)).toHaveCount(8);
  const items = row(page, /GET \/items/);
  await expect(items).toHaveAttribute('aria-level', '2');
  await expect(items).toHaveAttribute('aria-posinset', '2');
  await expect(items).toHaveAttribute('aria-setsize', '3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText('authorise');
  await expect(tree).toBeFocused();
  await page.keyboard.press('Escape');

  await page.goto(`${page.url().replace(/\?.*/, '')}?find=redis&path=critical&clocks=adjusted&root=${itemsSpanId}`);
  await expect(row(page, /redis GET.*6 found in it/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
});
