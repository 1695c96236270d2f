import { connect } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { runSdkService } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/host-test.ts';

/** The answer to "nothing arrives". */

test('while nothing arrives, it says what must be so, and sends a span to itself', async ({ host, page }) => {
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/doctor$/);
  await expect(page.getByRole('heading', { name: 'Connections' })).toBeVisible();
  await expect(page.getByText('Nothing has arrived since the start.')).toBeVisible();
  await expect(page.getByText(`OTEL_EXPORTER_OTLP_ENDPOINT=${host.httpUrl}`)).toBeVisible();

  await page.getByRole('button', { name: 'Test by sending one span' }).click();
  const steps = page.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem');
  await expect(steps).toHaveCount(6);
  await expect(page.getByRole('img', { name: 'Worked' })).toHaveCount(6);
  await expect(page.getByRole('row').filter({ hasText: 'sidelight-self-test' })).toHaveCount(2);

  await page.getByRole('link', { name: 'See its trace' }).click();
  await expect(page.getByRole('treeitem', { name: /self-test over gRPC/ })).toBeVisible();
});

test('a mistake shows up live, with what mends it, and is counted in the status bar', async ({ host, page }) => {
  await page.goto(host.address('/doctor'));
  await expect(page.getByText('Nothing has arrived since the start.')).toBeVisible();

  const headers = { 'content-type': 'application/json', 'user-agent': 'curl/8.14.1' };
  expect((await fetch(`${host.httpUrl}/v1/trace`, { method: 'POST', headers, body: '{}' })).status).toBe(404);
  const finding = page.getByRole('listitem').filter({ hasText: 'curl/8.14.1 sent to "/v1/trace"' });
  await expect(finding.getByRole('img', { name: 'Problem' })).toBeVisible();
  await expect(finding).toContainText(`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${host.httpUrl}/v1/traces`);
  await expect(finding.getByRole('button', { name: 'Copy the variables' })).toBeVisible();

  await fetch(`${host.httpUrl}/v1/trace`, { method: 'POST', headers, body: '{}' });
  await expect(finding).toContainText('2 ×');

  await sendTls(Number(new URL(host.grpcUrl).port));
  await expect(page.getByText(/^A client sent TLS to port \d+, which speaks plain text\.$/)).toBeVisible();

  await page.goto(host.address('/logs'));
  await page.getByRole('link', { name: '2 connection problems' }).click();
  await expect(page).toHaveURL(/\/doctor$/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
});

test("an SDK's export is listed with its service, protocol and port", async ({ host, page }) => {
  await page.goto(host.address('/doctor'));
  await runSdkService(host, 'grpc');
  const row = page.getByRole('row').filter({ hasText: 'checkout-service' });
  await expect(row).toContainText('JavaScript SDK');
  await expect(row).toContainText('grpc');
  await expect(row).toContainText(new URL(host.grpcUrl).port);
  await expect(page.getByText('Nothing has arrived since the start.')).toBeHidden();
});

/** The first bytes of a TLS connection; resolves when the receiver has hung up. */
function sendTls(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(Uint8Array.of(0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00)),
    );
    socket.resume();
    socket.on('error', () => socket.destroy()).on('close', () => resolve());
  });
}
