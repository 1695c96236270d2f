import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** Two traces of which the second is slower for a reason, and a service before and after a restart. */

const service = 'compare-shop';
const startNs = 1_795_000_000_000_000_000n;

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}

let lastSpan = 0xc0_0000;

const traceIdOf = (number: number): string => `c0de${number.toString(16).padStart(28, '0')}`;

/** A span from one millisecond of its trace to another. */
function span(trace: number, name: string, fromMs: number, toMs: number, parent?: SentSpan): SentSpan {
  lastSpan += 1;
  return {
    traceId: traceIdOf(trace),
    spanId: lastSpan.toString(16).padStart(16, '0'),
    parentSpanId: parent?.spanId ?? '',
    name,
    kind: parent === undefined ? 2 : 3,
    startTimeUnixNano: String(startNs + BigInt(fromMs * 1_000_000)),
    endTimeUnixNano: String(startNs + BigInt(toMs * 1_000_000)),
  };
}

/** `GET /orders` with as many queries of 6 ms, one after the other, and 32 ms of its own. */
function orders(trace: number, queries: number, extra?: string): SentSpan[] {
  const root = span(trace, 'GET /orders', 0, 32 + queries * 6);
  const selects = Array.from({ length: queries }, (_, query) => span(trace, 'SELECT orders', query * 6, query * 6 + 6, root));
  return [root, ...selects, ...(extra === undefined ? [] : [span(trace, extra, queries * 6, queries * 6 + 4, root)])];
}

async function send({ httpUrl }: Host, name: string, pid: number, spans: readonly SentSpan[]): Promise<void> {
  const attributes = [
    { key: 'service.name', value: { stringValue: name } },
    { key: 'process.pid', value: { intValue: String(pid) } },
  ];
  const response = await fetch(`${httpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: 'compare' }, spans }] }] }),
  });
  expect(response.ok).toBe(true);
}

async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    // The themes differ in their colours and in nothing else.
    const { violations } = await (colorScheme === 'light' ? axe.withRules(['color-contrast']) : axe).analyze();
    expect(violations.map(({ id, nodes }) => ({ colorScheme, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  }
}

test('a slower trace is compared with the one before it: why, where, and the way to its span', async ({ host, page }) => {
  await send(host, service, 1, orders(1, 1, 'redis GET'));
  await send(host, service, 1, orders(2, 48, 'audit'));
  await page.goto(host.address(`/compare?b=${traceIdOf(2)}`));
  await expect(page).toHaveURL(new RegExp(`a=${traceIdOf(1)}`));
  const sentence = page.getByRole('main').getByRole('status');
  await expect(sentence).toHaveText(
    'B is 282 ms (742 %) slower; 282 ms of it in SELECT orders, which ran 48 times instead of once. Of the spans, 1 only in A, 1 only in B.',
  );
  const tree = page.getByRole('treegrid', { name: 'Both traces as one tree' });
  await expect(tree.getByRole('row')).toHaveText([
    /^Span/,
    /GET \/orders/,
    /SELECT orders.*1 → 48×.*\+282/,
    /only in A.*redis GET/,
    /only in B.*audit/,
  ]);
  const changes = page.getByRole('region', { name: 'Changes' }).getByRole('button');
  await expect(changes).toHaveText([/^SELECT orders\+282/, /^redis GET−4/, /^audit\+4/]);
  await expectNoViolations(page);

  await page.keyboard.press('j');
  await expect(changes.first()).toBeFocused();
  await expect(tree.getByRole('row', { selected: true })).toContainText('SELECT orders');
  await page.keyboard.press('x');
  await expect(sentence).toContainText('B is 282 ms (88 %) faster');
  await page.goBack();
  await expect(sentence).toContainText('slower');

  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('row')).toHaveCount(2);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(tree.getByRole('row', { selected: true })).toContainText('SELECT orders');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/traces/${traceIdOf(2)}\\?.*span=`));
  await page.goBack();
  await tree
    .getByRole('row', { name: /redis GET/ })
    .getByRole('link')
    .click();
  await expect(page).toHaveURL(new RegExp(`/traces/${traceIdOf(1)}\\?.*span=`));
});

test('the other trace is chosen from those of the same operation', async ({ host, page }) => {
  await send(host, 'compare-choice', 1, [...orders(11, 1), ...orders(12, 2), ...orders(13, 3)]);
  await page.goto(host.address(`/compare?a=${traceIdOf(11)}&b=${traceIdOf(13)}`));
  await page.getByRole('button', { name: 'Change… trace A' }).click();
  const choices = page.getByRole('dialog').getByRole('option');
  await expect(choices).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`a=${traceIdOf(12)}`));
  await expect(page.getByRole('main').getByRole('status')).toContainText('which ran 3 times instead of twice');
});

test('the runs before and after a restart are compared, operation by operation', async ({ host, page }) => {
  const restarted = 'compare-restarted';
  const before = Array.from({ length: 10 }, (_, trace) => orders(100 + trace, 1, 'redis GET'));
  const after = Array.from({ length: 12 }, (_, trace) => orders(110 + trace, 20, 'audit'));
  await send(host, restarted, 41, before.flat());
  await send(host, restarted, 77, after.flat());
  await page.goto(host.address('/compare/groups'));
  await page.getByLabel('Before and after a restart of').selectOption(restarted);
  await expect(page).toHaveURL(/restart=compare-restarted/);
  await expect(page.getByText('10 traces, 30 spans')).toBeVisible();
  await expect(page.getByText('12 traces, 264 spans')).toBeVisible();
  const rows = page.getByRole('table', { name: 'Operations' }).getByRole('row');
  await expect(rows).toHaveText([
    /^Change/,
    /more often.*as fast each.*SELECT orders.*B 12 × 20/,
    /slower.*GET \/orders/,
    /gone.*redis GET/,
    /new.*audit/,
  ]);
  await expect(rows.filter({ hasText: 'GET /orders' })).toContainText('A 38 msB 152 ms');
  await expect(page.getByRole('main').getByRole('status').first()).toContainText(
    'In all: 1 appeared, 1 vanished, 1 slower, 1 running more often.',
  );
  await expect(page.getByLabel('Query').first()).toHaveValue(`service:${restarted}`);
  await expectNoViolations(page);
});
