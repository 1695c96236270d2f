import { protocols, runSdkService } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** The product in one walk: an SDK exports, a person sees the trace, opens it, looks at a span, reads its logs, and jumps from a log line back to the very span. */
for (const protocol of protocols) {
  test(`an SDK's ${protocol} export is clicked through: trace, span, log, back to the trace`, async ({ host, page }) => {
    const traceId = await runSdkService(host, protocol);

    // It appears by itself, without a reload.
    const row = page.getByRole('row').filter({ has: page.locator(`a[href*="${traceId}"]`) });
    await expect(row).toContainText('checkout-service');
    await row.getByRole('link', { name: /POST \/checkout/ }).click();
    await expect(page).toHaveURL(new RegExp(`/traces/${traceId}`));

    const failed = page.getByRole('treeitem', { name: /POST \/charge/ });
    await failed.click();
    const details = page.getByRole('complementary', { name: 'Span details' });
    await expect(details).toContainText('amount above the limit');
    await expect(details.getByRole('region', { name: 'Exception' })).toContainText('RangeError');
    await expect(details).toContainText('card was declined');
    await expect(page).toHaveURL(/span=/);
    const spanAddress = page.url();

    await page.getByRole('tab', { name: /Logs/ }).first().click();
    await expect(page.getByRole('grid', { name: 'Logs of the trace' })).toContainText('checkout started');

    await page.goto(host.address('/logs'));
    const line = page.getByRole('row').filter({ hasText: 'card was declined' }).first();
    await line.getByRole('link', { name: 'Open trace at this span' }).click();
    await expect(page).toHaveURL(new RegExp(`span=${new URL(spanAddress).searchParams.get('span')}`));
    await expect(page.getByRole('treeitem', { name: /POST \/charge/ })).toHaveAttribute('aria-selected', 'true');

    await page.goBack();
    await expect(page).toHaveURL(/\/logs/);
  });
}
