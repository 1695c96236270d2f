import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/host-test.ts';

/** A newcomer's first minute, and the day after. */
test('the first start teaches, and the samples fill it', async ({ host, page }) => {
  await expect(page.getByText('OTEL_EXPORTER_OTLP_ENDPOINT').first()).toBeVisible();
  await expect(page.getByText(new URL(host.grpcUrl).port).first()).toBeVisible();
  await page.getByRole('button', { name: 'Send sample traces' }).first().click();
  await page.goto(host.address('/traces'));
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link').nth(3)).toBeVisible();
});

test('what was received is there after a restart', async ({ host, launch }) => {
  await askApi(host, '/samples', 'POST');
  const before = host.page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await host.page.goto(host.address('/traces'));
  await expect(before.nth(3)).toBeVisible();
  const count = await before.count();
  await host.close();
  const again = await launch();
  await expect(again.page.getByRole('table', { name: 'Traces' }).getByRole('link')).toHaveCount(count);
});
