import { askApi } from '../fixtures/run-sdk-service.ts';
import type { Host } from '../hosts/host.ts';
import { expect, test } from '../hosts/host-test.ts';

/** A trace that is worth keeping: pinned by key or by mouse, marked in the list, the same after a restart, and let go again. */
test('a trace is pinned, marked in the list, still pinned after a restart, and let go', async ({ launch }) => {
  const host = await launch();
  await askApi(host, '/samples', 'POST');
  await host.page.goto(host.address('/traces'));
  const rows = host.page.getByRole('table', { name: 'Traces' }).getByRole('link');
  await rows.nth(1).click();
  const pin = host.page.getByRole('button', { name: 'Pin trace' });
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await host.page.keyboard.press('p');
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  const traceId = /[0-9a-f]{32}/.exec(host.page.url())?.[0] ?? '';
  await expect.poll(() => isPinned(host, traceId)).toBe(true);

  await host.page.goBack();
  await expect(host.page.getByRole('img', { name: 'Pinned' })).toHaveCount(1);
  await expect(host.page.getByRole('row').filter({ has: host.page.getByRole('img', { name: 'Pinned' }) })).toHaveCount(1);
  await host.close();

  const again = await launch();
  await again.page.goto(again.address(`/traces/${traceId}`));
  const pressed = again.page.getByRole('button', { name: 'Pin trace' });
  await expect(pressed).toHaveAttribute('aria-pressed', 'true');
  await pressed.click();
  await expect(pressed).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => isPinned(again, traceId)).toBe(false);
});

const isPinned = async (host: Host, traceId: string): Promise<boolean> => {
  const { summary } = await askApi<{ summary: { pinned: boolean } }>(host, `/traces/${traceId}/structure`);
  return summary.pinned;
};
