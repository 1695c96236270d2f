import type { TestInfo } from '@playwright/test';
import type { Host } from './host.ts';

/** What a person wants to see of an app whose test failed. */
export async function attachEvidence(host: Host, index: number, testInfo: TestInfo): Promise<void> {
  await testInfo.attach(`stderr-${index}`, { body: host.stderr(), contentType: 'text/plain' });
  // A window that is gone has no picture, and that is no second failure.
  const picture = host.isRunning() ? await host.page.screenshot().catch(() => undefined) : undefined;
  if (picture !== undefined) await testInfo.attach(`page-${index}`, { body: picture, contentType: 'image/png' });
}
