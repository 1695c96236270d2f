import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Host } from '../hosts/host.ts';
import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** Narrowing the list of traces: by the time of arrival, by what the spans have, and what the list shows of all of them together. */

const service = 'narrowed-shop';
const mine = `/traces?q=service:${service}`;

/** A trace of one span, from 2018: what counts is when it arrives. */
function spanOf(trace: number, name: string, failed: boolean): object {
  const startNs = 1_514_764_800_000_000_000n;
  return {
    traceId: `5ea7c4${String(trace).padStart(26, '0')}`,
    spanId: `5ea7c4${String(trace).padStart(10, '0')}`,
    name,
    kind: failed ? 3 : 2,
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(trace) * 10_000_000n),
    attributes: [{ key: 'shop.shelf', value: { stringValue: `shelf ${trace % 2}` } }],
    status: failed ? { code: 2, message: 'sold out' } : {},
  };
}

/** In one request, so that they arrive at one moment. */
async function send(host: Host, spans: object[]): Promise<void> {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
  const answer = await fetch(`${host.httpUrl}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(200);
}

const rows = (page: Page) => page.getByRole('table', { name: 'Traces' }).getByRole('link');
const chart = (page: Page) => page.getByRole('slider');
const queryOf = (page: Page): string | null => new URL(page.url()).searchParams.get('q');

test.beforeEach(async ({ host, page }) => {
  const overview = await askApi<{ traceCount: number }>(host, `/traces/overview?query=service:${service}`);
  if (overview.traceCount === 0) {
    await send(
      host,
      [1, 2, 3].map((trace) => spanOf(trace, 'put on shelf', false)),
    );
    // Two bars of the histogram: a bar is a tenth of a second at least.
    await page.waitForTimeout(300);
    await send(
      host,
      [4, 5].map((trace) => spanOf(trace, 'sell', true)),
    );
  }
  await page.goto(host.address(mine));
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByTestId('overview-summary')).toHaveText('5 traces, 2 failed');
});

test('dragging over the histogram narrows the list and the address, and one click takes it back', async ({ page }) => {
  const box = await chart(page).boundingBox();
  if (box === null) throw new Error('There is no histogram.');
  const bars = await page.locator('svg g').evaluateAll((groups) => groups.map((group) => group.getBoundingClientRect().left));
  const lastLeft = Math.max(...bars);
  await page.mouse.move(lastLeft + 3, box.y + 30);
  await expect(chart(page)).toContainText('2 traces, all failed');
  await page.mouse.down();
  await page.mouse.move(lastLeft + 5, box.y + 30);
  await page.mouse.move(box.x + box.width - 1, box.y + 30);
  await page.mouse.up();
  await expect(rows(page)).toHaveCount(2);
  const { searchParams } = new URL(page.url());
  expect(BigInt(searchParams.get('from') ?? 0)).toBeLessThan(BigInt(searchParams.get('to') ?? 0));
  expect(queryOf(page)).toBe(`service:${service}`);
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'All time', exact: true }).click();
  await expect(rows(page)).toHaveCount(5);
  expect(new URL(page.url()).searchParams.has('from')).toBe(false);
});

test('a range is chosen without a mouse', async ({ page }) => {
  await chart(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /: 2 traces, all failed$/);
  await page.keyboard.press('Shift+Home');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /: 5 traces, 2 failed$/);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(2);
  await page.goBack();
  await expect(rows(page)).toHaveCount(5);
});

test('presets and exact ranges go by the time of arrival', async ({ page }) => {
  await page.getByRole('button', { name: /^Arrived: / }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Last 15 minutes' }).click();
  await expect(page).toHaveURL(/since=15m/);
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole('button', { name: /^Arrived: / }).click();
  await page.getByRole('menuitem', { name: 'Exact range…' }).click();
  await page.getByLabel('From').fill('2018-01-01T00:00');
  await page.getByLabel('Until').fill('2018-01-02T00:00');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('No trace matches')).toBeVisible();
  await page.getByRole('button', { name: 'Look at all time' }).click();
  await expect(rows(page)).toHaveCount(5);
});

test('what spans have is asked for, excluded and taken back', async ({ page }) => {
  const filters = page.getByRole('complementary', { name: 'Filters' });
  await filters.getByRole('button', { name: 'Status: error 2 spans' }).click();
  await expect(rows(page)).toHaveCount(2);
  expect(queryOf(page)).toBe(`service:${service} status:error`);
  await expect(filters.getByRole('button', { name: 'Status: error 2 spans' })).toHaveAttribute('aria-pressed', 'true');
  await filters.getByRole('button', { name: 'Status: error 2 spans' }).click();
  await expect(rows(page)).toHaveCount(5);

  await filters.getByRole('button', { name: 'Exclude shop.shelf: shelf 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(2);
  expect(queryOf(page)).toBe(`service:${service} NOT shop.shelf="shelf 1"`);
  await filters.getByRole('button', { name: 'Not shop.shelf: shelf 1' }).click();
  await expect(rows(page)).toHaveCount(5);

  await page.keyboard.press('f');
  await expect(filters).toHaveCount(0);
  await page.reload();
  await expect(rows(page)).toHaveCount(5);
  await expect(filters).toHaveCount(0);
});

test('a dot opens its trace, and the choice of chart is remembered', async ({ page }) => {
  await page.getByTitle('Scatter').click();
  await expect(chart(page)).toHaveAccessibleName('Traces by duration and time of arrival');
  await page.reload();
  await expect(chart(page)).toHaveAccessibleName('Traces by duration and time of arrival');
  await expect(page.locator('canvas')).toBeVisible();
  const box = await chart(page).boundingBox();
  if (box === null) throw new Error('There is no scatter.');
  const hint = chart(page).getByText('sell');
  for (let y = 4; y < box.height && (await hint.count()) === 0; y += 5) await page.mouse.move(box.x + box.width - 8, box.y + y);
  await expect(hint).toContainText(`${service} sell · `);
  await expect(hint).toContainText('failed');
  await page.mouse.down();
  await page.mouse.up();
  await expect(page).toHaveURL(/\/traces\/5ea7c4/);
});

test('two traces are chosen by key and lead to their comparison', async ({ page }) => {
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Compare traces' })).toContainText('Choose another one');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await page.getByRole('region', { name: 'Compare traces' }).getByRole('link').click();
  await expect(page).toHaveURL(/\/compare\?a=5ea7c4\d+5&b=5ea7c4\d+4/);
});

test('what was found is saved as OTLP', async ({ host, page }) => {
  test.skip(host.name === 'electron', 'Where the desktop saves a file, a dialog of the system asks.');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines.join('')).toContain('"sold out"');
});

test('no accessibility violations with all of it', async ({ page }) => {
  await page.getByTitle('Scatter').click();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await chart(page).focus();
  await page.keyboard.press('ArrowLeft');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
});
