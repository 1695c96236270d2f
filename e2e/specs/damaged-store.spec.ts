import { readdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import { askApi } from '../fixtures/run-sdk-service.ts';
import { expect, test } from '../hosts/host-test.ts';

/** A file that was cut short, as a crash of the system or a full backup disk leaves it behind. */
test('a damaged store is said so in words, kept aside, and a new one is begun', async ({ launch, dataDirectory }) => {
  const host = await launch();
  await askApi(host, '/samples', 'POST');
  await host.close();
  await truncate(path.join(dataDirectory, 'sidelight.db'), 5000);

  const again = await launch();
  await again.page.goto(again.address('/traces'));
  await expect(again.page.getByText(/The store was damaged\. It was moved to .*sidelight\.db\.corrupt-/)).toBeVisible();
  expect(await readdir(dataDirectory)).toContainEqual(expect.stringMatching(/^sidelight\.db\.corrupt-/));
  await askApi(again, '/samples', 'POST');
  await expect(again.page.getByRole('table', { name: 'Traces' }).getByRole('link').first()).toBeVisible();
});
