import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser, launchOptions } from '../e2e/hosts/find-browser.ts';

/**
 * `node build/render-icons.ts`: the PNG files of `build/icons/` from the SVG beside them, drawn by a browser. They are committed, so this runs only after a drawing has
 * changed.
 */
const folder = path.join(import.meta.dirname, 'icons');

/** macOS colours a template image itself and looks at its opacity only. */
const black = (svg: string): string => svg.replaceAll('#4c95ec', '#000000');

const pictures: { file: string; drawing: string; sizePx: number; recolour?: (svg: string) => string }[] = [
  { file: 'icon.png', drawing: 'icon.svg', sizePx: 512 },
  { file: 'tray.png', drawing: 'tray.svg', sizePx: 16 },
  { file: 'tray@2x.png', drawing: 'tray.svg', sizePx: 32 },
  { file: 'trayTemplate.png', drawing: 'tray.svg', sizePx: 16, recolour: black },
  { file: 'trayTemplate@2x.png', drawing: 'tray.svg', sizePx: 32, recolour: black },
];

async function draw(page: Page, svg: string, sizePx: number): Promise<Buffer> {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('There is no Chromium to draw with: set SIDELIGHT_TEST_BROWSER.');
const browser = await chromium.launch(launchOptions(executablePath));
const page = await browser.newPage();
for (const { file, drawing, sizePx, recolour } of pictures) {
  const svg = readFileSync(path.join(folder, drawing), 'utf8');
  writeFileSync(path.join(folder, file), await draw(page, recolour?.(svg) ?? svg, sizePx));
}
await browser.close();
