import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';

/** Names under which Chromium and its siblings are installed on Linux. */
const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Names inside the usual application folders of macOS and Windows. */
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
  path.join('/Applications', `${name}.app`, 'Contents/MacOS', name),
);
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];

/**
 * A Chromium to test with: the one that `SIDELIGHT_TEST_BROWSER` names, Playwright's own, or one that is installed in a usual place. Undefined where there is none.
 */
export function findBrowser(): string | undefined {
  const named = process.env['SIDELIGHT_TEST_BROWSER'];
  return [...(named ? [named] : []), chromium.executablePath(), ...installedPlaces()].find(isExecutable);
}

function installedPlaces(): string[] {
  if (process.platform === 'darwin') return macApplications;
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    return roots.flatMap((root) => windowsPrograms.map((program) => path.join(root, program)));
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.flatMap((folder) => linuxNames.map((name) => path.join(folder, name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next place is tried.
    return false;
  }
}

/** How to start it: with Chromium's own sandbox, which it refuses only to root (containers). */
export function launchOptions(executablePath: string): LaunchOptions {
  return { executablePath, chromiumSandbox: process.getuid?.() !== 0 };
}
