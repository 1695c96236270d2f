import { AxeBuilder } from '@axe-core/playwright';
import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/host-test.ts';

/** Every view, with the samples, in both themes: no violation that axe can find. */
for (const colorScheme of ['dark', 'light'] as const) {
  test(`no accessibility violations (${colorScheme})`, async ({ host, page }) => {
    await page.emulateMedia({ colorScheme });
    const { traceIds } = await askApi<{ traceIds: string[] }>(host, '/samples', 'POST');
    for (const path of ['/traces', `/traces/${traceIds[0]}`, '/logs', '/doctor', '/setup', '/nowhere']) {
      await page.goto(host.address(path));
      await page.getByRole('main').waitFor();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ path, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    }
  });
}
