import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { sendDetailedTraces, traceId, type SpanName, spanIds } from '../fixtures/detailed-spans.ts';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** What the inspector makes of a span, and where one can go from there. */
test.beforeEach(async ({ host }) => sendDetailedTraces(host));

const openSpan = async (page: Page, host: Host, name: SpanName): Promise<Locator> => {
  await page.goto(host.address(`/traces/${traceId}?span=${spanIds[name]}`));
  const inspector = page.getByRole('complementary', { name: 'Span details' });
  await expect(inspector.getByRole('region', { name: 'Attributes' })).toBeVisible();
  return inspector;
};

test('an attribute filters the list and excludes from it, by pointer and by keyboard', async ({ host, page }) => {
  const attribute = (await openSpan(page, host, 'request')).getByRole('row', { name: 'details.plan' });
  await attribute.hover();
  await attribute.getByRole('link', { name: 'Filter by details.plan' }).click();
  await expect(page).toHaveURL(/\/traces\?q=details\.plan%3D%22pro\+%28yearly%29%22/);
  const traces = page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await expect(traces).toHaveCount(1);
  await expect(traces).toContainText('GET /details');

  await openSpan(page, host, 'request');
  await attribute.getByRole('button', { name: 'Actions for details.plan' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Filter by this value' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Exclude this value' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/details\.plan%21%3D/);
  await expect(traces).toHaveCount(1);
  await expect(traces).toContainText('process details');
});

test('an HTTP request is a curl command, its secrets masked until they are asked for', async ({ host, page }) => {
  const inspector = await openSpan(page, host, 'request');
  await inspector.getByRole('button', { name: 'Request as curl' }).click();
  const command = inspector.getByRole('figure', { name: 'Curl command' });
  await expect(command).toContainText("curl -X POST 'https://shop.example/details?id=1'");
  await expect(command).toContainText("-H 'authorization: ‹masked›'");
  await expect(command).not.toContainText('abc123def456');
  await command.getByRole('button', { name: 'With secrets' }).click();
  await expect(command).toContainText('Bearer abc123def456');
});

test('SQL is shown in lines, and as it was sent', async ({ host, page }) => {
  const query = (await openSpan(page, host, 'query')).getByRole('figure', { name: 'Query' });
  await expect(query.locator('pre')).toHaveText(/SELECT\n {2}id\nFROM\n {2}orders\nWHERE\n {2}status = \$1/);
  await query.getByText('As sent').click();
  await expect(query.locator('pre')).toHaveText('SELECT id FROM orders WHERE status = $1');
});

test('a stack frame opens an editor, and only after asking', async ({ host, page }) => {
  const inspector = await openSpan(page, host, 'failed');
  const opened = async (): Promise<string[]> => (await host.shell?.call('recorded'))?.opened ?? [];
  const place = inspector.getByRole('button', { name: 'shop/billing.py:42' });
  const question = page.getByRole('dialog', { name: 'Open a source file' });
  await place.click();
  await expect(question).toContainText('/app/shop/billing.py');
  await expect(question).toContainText('Line 42');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await opened()).toEqual([]);

  await place.click();
  await question.getByLabel('Editor').selectOption('Zed');
  const confirm = question.getByText('Open in Zed');
  if (host.shell === undefined) await expect(confirm).toHaveAttribute('href', 'zed://file/app/shop/billing.py:42');
  else {
    await confirm.click();
    await expect.poll(opened).toEqual(['zed://file/app/shop/billing.py:42']);
    await place.click();
  }
  await expect(question.getByLabel('Editor')).toHaveValue('zed');
  await expect(inspector.getByRole('button', { name: 'relative.py' })).toHaveCount(0);
});

test('a span leads to those that link to it', async ({ host, page }) => {
  const inspector = await openSpan(page, host, 'request');
  await inspector.getByRole('region', { name: 'Linked from' }).getByRole('link', { name: 'process details' }).click();
  await expect(inspector.getByRole('heading', { name: 'process details' })).toBeVisible();
  await inspector.getByRole('region', { name: 'Links' }).getByRole('link').first().click();
  await expect(inspector.getByRole('heading', { name: 'GET /details' })).toBeVisible();
});

test('a conversation with a model is read as one', async ({ host, page }) => {
  const inspector = await openSpan(page, host, 'chat');
  await expect(inspector.getByRole('region', { name: 'Model call' })).toContainText('1,204 in · 88 out');
  const messages = inspector.getByRole('list', { name: 'Messages' }).locator('> li');
  await expect(messages.first()).toContainText('Be brief.');
  await expect(messages.nth(2)).toContainText('get_weather1 entrycity"Paris"');
  await expect(messages.nth(3)).toContainText('get_weatherrain');
  await expect(messages.last()).toContainText('Rainy.');
  await inspector.getByText('As sent', { exact: true }).click();
  await expect(inspector.getByRole('table', { name: 'Conversation as sent' })).toContainText('gen_ai.input.messages');
});

test('no accessibility violations in details of every kind, which fit a narrow inspector', async ({ host, page }) => {
  test.slow();
  await page.evaluate(() => localStorage.setItem('sidelight.split.trace.inspector', '320'));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const name of ['request', 'chat'] as const) {
    const inspector = await openSpan(page, host, name);
    await expect(inspector.locator('[aria-busy="true"]')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).include('aside[aria-label="Span details"]').analyze();
    expect(violations.map(({ id, nodes }) => ({ name, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    const wide = await inspector
      .locator('section')
      .evaluateAll((sections) => sections.filter((one) => one.scrollWidth > one.clientWidth).length);
    expect({ name, wide }).toEqual({ name, wide: 0 });
  }
});
