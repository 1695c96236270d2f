import { findBrowser } from '../e2e/hosts/find-browser.ts';
import { runCommand } from './run-command.ts';

/** Ways to get a browser to test with, in the order in which they are tried. Debian's package needs the rights to install. */
const installers: readonly { what: string; commands: readonly (readonly string[])[]; possible: boolean }[] = [
  { what: "Playwright's Chromium", commands: [['playwright', 'install', 'chromium']], possible: true },
  {
    what: "Debian's Chromium",
    commands: [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ],
    possible: process.platform === 'linux' && process.getuid?.() === 0,
  },
];

/** A Chromium for the end-to-end specs: one that is there, else one that is installed now. Says what it did; throws with what to do where none can be had. */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found !== undefined) {
    console.log(`Browser for the end-to-end specs: ${found}`);
    return found;
  }
  for (const { what, commands, possible } of installers) {
    if (!possible) continue;
    console.log(`No browser found; installing ${what}…`);
    const installed = (await installWith(commands)) ? findBrowser() : undefined;
    if (installed !== undefined) {
      console.log(`Installed ${installed}`);
      return installed;
    }
  }
  throw new Error('The end-to-end specs need Chrome, Chromium or Edge, and none could be installed. Install one and run this again.');
}

async function installWith(commands: readonly (readonly string[])[]): Promise<boolean> {
  for (const command of commands) {
    const code = await runCommand(command).catch(() => 1);
    if (code !== 0) return false;
  }
  return true;
}
