import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../hosts/host-test.ts';
import type { Host } from '../hosts/host.ts';

/** The recipes, by the word in the address, with the heading of their tab. */
const targets = {
  python: 'Python',
  node: 'Node',
  java: 'Java',
  go: 'Go',
  dotnet: '.NET',
  ruby: 'Ruby',
  php: 'PHP',
  rust: 'Rust',
  browser: 'Browser',
  compose: 'Docker Compose',
  kubernetes: 'Kubernetes',
  collector: 'Collector',
  other: 'Anything else',
};

const recipe = (page: Page): Locator => page.getByRole('tabpanel');
const firstSpan = (page: Page): Locator => page.getByRole('status', { name: 'First span' });

/** One span over HTTP with JSON, as any exporter sends it. */
async function sendSpan(host: Host, service: string): Promise<void> {
  const endNano = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId: 'a0b1c2d3e4f5061728394a5b6c7d8e9f',
    spanId: 'a0b1c2d3e4f50617',
    name: 'hello',
    kind: 2,
    startTimeUnixNano: String(endNano - 1_000_000n),
    endTimeUnixNano: String(endNano),
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  const response = await fetch(`${host.httpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  });
  expect(response.status).toBe(200);
}

test('every language has lines with the ports in use, at an address of its own', async ({ host, page }) => {
  const ports = new RegExp(`\\b(?:${new URL(host.grpcUrl).port}|${new URL(host.httpUrl).port})\\b`);
  await page.goto(host.address('/setup?for=other'));
  for (const [word, label] of Object.entries(targets)) {
    await page.getByRole('tab', { name: label, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/setup\\?for=${word}$`));
    await expect(recipe(page)).toContainText(ports);
  }
  await page.goto(host.address('/setup?for=node'));
  await expect(page.getByRole('tab', { name: 'Node', exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(recipe(page)).toContainText('auto-instrumentations-node');
});

test('the name of the service flows into the lines, and the lines into the clipboard', async ({ host, page }) => {
  await page.goto(host.address('/setup?for=java'));
  await page.getByRole('radio', { name: '.env' }).check({ force: true });
  await page.getByRole('textbox', { name: 'Service name' }).fill('order desk');
  await expect(recipe(page)).toContainText('OTEL_SERVICE_NAME=order-desk');
  await page.getByRole('button', { name: 'Copy: Tell it where to send' }).click();
  await expect(recipe(page).getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);

  // Pasted where a person can see it.
  await page.getByRole('textbox', { name: 'Service name' }).fill('');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByRole('textbox', { name: 'Service name' })).toHaveValue(
    /^OTEL_SERVICE_NAME-order-desk-OTEL_EXPORTER_OTLP_ENDPOINT-http-/,
  );
});

test('the mark lights up for the first span of the service that was named, and for no other', async ({ host, page }) => {
  await page.goto(host.address('/setup?for=go'));
  await page.getByRole('textbox', { name: 'Service name' }).fill('orders');
  await expect(firstSpan(page)).toHaveText('Waiting for the first span of orders…');
  await sendSpan(host, 'someone-else');
  await expect(page.getByText('1 span from someone-else')).toBeVisible();
  await expect(firstSpan(page)).toHaveText('Waiting for the first span of orders…');
  await sendSpan(host, 'orders');
  await expect(firstSpan(page)).toContainText('Spans of orders have arrived.');
  await firstSpan(page).getByRole('link', { name: 'See its traces' }).click();
  await expect(page).toHaveURL(/\/traces\?q=service:orders$/);
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link')).toHaveCount(1);
});

test('the mark lights up for whatever is new while nobody has named a service', async ({ host, page }) => {
  await page.goto(host.address('/setup'));
  await expect(firstSpan(page)).toContainText('my-service');
  await sendSpan(host, 'whatever-it-is-called');
  await expect(firstSpan(page)).toContainText('Spans of whatever-it-is-called have arrived.');
});
