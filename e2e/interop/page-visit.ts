import { chromium } from '@playwright/test';
import { findBrowser, launchOptions } from '../hosts/find-browser.ts';

export function missingBrowser(): string | undefined {
  return findBrowser() === undefined ? 'there is no Chromium (npm run e2e installs one)' : undefined;
}

/** Opens a page in Chromium and resolves with its title once that fits. */
export async function titleOf(address: string, pattern: RegExp): Promise<RegExpExecArray> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('There is no Chromium.');
  const browser = await chromium.launch(launchOptions(executablePath));
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction((wanted) => wanted.test(document.title), pattern);
    const title = pattern.exec(await page.title());
    if (title === null) throw new Error('The title has changed again.');
    return title;
  } finally {
    await browser.close();
  }
}
