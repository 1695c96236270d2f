import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { askApi } from '../fixtures/run-sdk-service.ts';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** What the header of a trace says of it, and what it can be copied as. */

const traceId = '0a11ce0a11ce0a11ce0a11ce0a11ce01';
const root = 'a000000000000001';
const failed = 'a000000000000002';
const password = 'hunter2-hunter2';

interface SentSpan {
  spanId: string;
  name: string;
  fromMs: number;
  toMs: number;
  [field: string]: unknown;
}

async function sendTrace(host: Host): Promise<void> {
  const startNs = 1_760_000_000_000_000_000n;
  const at = (ms: number): string => String(startNs + BigInt(ms) * 1_000_000n);
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const spans = (service: string, ...items: SentSpan[]) => ({
    resource: { attributes: [text('service.name', service)] },
    scopeSpans: [
      {
        spans: items.map(({ fromMs, toMs, ...span }) => ({
          traceId,
          kind: 2,
          startTimeUnixNano: at(fromMs),
          endTimeUnixNano: at(toMs),
          ...span,
        })),
      },
    ],
  });
  const exception = {
    name: 'exception',
    timeUnixNano: at(80),
    attributes: [text('exception.type', 'header.TimeoutError'), text('exception.message', 'no answer after 70 ms')],
  };
  const resourceSpans = [
    spans('header-web', { spanId: root, name: 'POST /pay', fromMs: 0, toMs: 100 }),
    spans('header-bank', {
      spanId: failed,
      parentSpanId: root,
      name: 'charge',
      fromMs: 10,
      toMs: 80,
      status: { code: 2, message: 'timeout' },
      attributes: [text('db.connection_string', `postgres://app:${password}@db/shop`)],
      events: [exception],
    }),
    spans('header-stock', { spanId: 'a000000000000003', parentSpanId: root, name: 'reserve', fromMs: -60, toMs: -40 }),
  ];
  const response = await fetch(`${host.httpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans }),
  });
  expect(response.ok).toBe(true);
}

/** What a person would paste. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.setAttribute('aria-label', 'Paste here');
    document.body.append(area);
  });
  const area = page.getByRole('textbox', { name: 'Paste here' });
  await area.focus();
  await page.keyboard.press('ControlOrMeta+v');
  const text = await area.inputValue();
  await area.evaluate((element) => element.remove());
  return text;
}

test('the root cause is said in one sentence, the same in the API, and leads to the span', async ({ host, page }) => {
  await sendTrace(host);
  await page.goto(host.address(`/traces/${traceId}`));
  const sentence = 'header.TimeoutError: no answer after 70 ms — charge in header-bank; handled by POST /pay in header-web';
  const cause = page.getByRole('button', { name: sentence });
  await expect(cause).toBeVisible();
  const { rootCause, problems } = await askApi<{ rootCause: { sentence: string }; problems: { message: string }[] }>(
    host,
    `/traces/${traceId}/analysis`,
  );
  expect(rootCause.sentence).toBe(sentence);

  const odd = page.getByRole('list', { name: 'What is odd about the trace' });
  await expect(odd.getByRole('listitem')).toHaveText(problems.map(({ message }) => message));
  await expect(odd).toContainText('The clock of header-stock seems to be about 100 ms behind');

  await cause.click();
  await expect(page).toHaveURL(new RegExp(`span=${failed}`));
  await page.goto(host.address(`/traces/${traceId}`));
  await expect(cause).toBeVisible();
  await page.keyboard.press('Shift+!');
  await expect(page).toHaveURL(new RegExp(`span=${failed}`));
});

test('a trace is copied as Markdown without its secrets, by mouse and by key, and as JSON with everything', async ({ host, page }) => {
  await sendTrace(host);
  await page.goto(host.address(`/traces/${traceId}`));
  const copy = page.getByRole('button', { name: 'Copy the trace' });
  await copy.click();
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[role=menu]').include('header').analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
  await menu.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  await expect(copy).toContainText('Copied');
  const markdown = await pasted(page);
  expect(markdown).toContain('header.TimeoutError: no answer after 70 ms');
  expect(markdown).toContain('postgres://app:‹masked›@db/shop');
  expect(markdown).not.toContain(password);

  await copy.focus();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('menuitem', { name: 'Copy as Markdown' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitem', { name: 'Copy as JSON' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => pasted(page)).toContain(password);

  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('y');
  await expect.poll(() => pasted(page)).toBe(markdown);
});
