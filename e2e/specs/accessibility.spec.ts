import { AxeBuilder } from '@axe-core/playwright';
import { askApi } from '../fixtures/run-sdk-service.ts';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/shared-host-test.ts';

/** Every view, with the samples, in both themes, also where something is looked at, nothing is found or nothing is understood: no violation that axe can find. */
async function addresses(host: Host): Promise<string[]> {
  const newest = await askApi<{ items: { traceId: string }[] }>(host, '/traces?limit=1');
  const failed = await askApi<{ items: { traceId: string }[] }>(host, '/traces?query=ValueError');
  const traceId = failed.items[0]?.traceId ?? '';
  const { spans } = await askApi<{ spans: { spanId: string; events: unknown[] }[] }>(host, `/traces/${traceId}`);
  const span = spans.find(({ events }) => events.length > 0)?.spanId ?? '';
  const logs = await askApi<{ items: { id: string }[] }>(host, '/logs?query=ValueError');
  return [
    '/traces',
    '/traces?q=nothing-has-this',
    '/traces?q=%22open',
    `/traces/${newest.items[0]?.traceId}`,
    `/traces/${traceId}?span=${span}`,
    `/traces/${traceId}?tab=logs&span=${span}`,
    `/traces/${'1'.repeat(32)}`,
    '/logs',
    `/logs?log=${logs.items[0]?.id}`,
    `/logs?trace=${traceId}&span=${span}`,
    '/logs?q=nothing-has-this',
    '/files',
    '/doctor',
    '/setup',
    '/nowhere',
  ];
}

/** The themes differ in their colours and in nothing else. */
const rules = { dark: undefined, light: ['color-contrast'] } as const;

for (const colorScheme of ['dark', 'light'] as const) {
  test(`no accessibility violations (${colorScheme})`, async ({ host, page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of await addresses(host)) {
      await page.goto(host.address(path));
      await page.getByRole('main').waitFor();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      const axe = new AxeBuilder({ page });
      const { violations } = await (rules[colorScheme] ? axe.withRules([...rules[colorScheme]]) : axe).analyze();
      expect(violations.map(({ id, nodes }) => ({ path, id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    }
  });
}
