import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { displayProblem, findElectron } from '../e2e/hosts/find-electron.ts';
import { nodeVersionProblem } from '../src-main/base/node-version.ts';
import { endWithParent } from './end-with-parent.ts';
import { ensureBuilt } from './ensure-built.ts';

/**
 * `npm start`: the desktop window where there can be one; otherwise one line that says why not, and the same app on loopback. Arguments, signals and the exit code pass
 * through.
 */

/** Downloading Electron takes about this long on a slow line; a network that swallows packets is not waited for any longer. */
const downloadMs = 20_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs `program` in our place until it ends. Returns the signal that ended it, if it was not one that we passed on. */
function become(program: string, args: readonly string[]): Promise<NodeJS.Signals | undefined> {
  const child = spawn(program, args, { stdio: 'inherit' });
  let told = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      told = true;
      child.kill(signal);
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`${program} could not be started: ${error.message}`);
      process.exitCode = 1;
      resolve(undefined);
    });
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 1;
      resolve(told || signal === null ? undefined : signal);
    });
  });
}

/** Electron's npm package carries no binary; its own installer fetches it once. Returns why it could not. */
async function downloadElectron(): Promise<string | undefined> {
  say('Fetching Electron, once…');
  const installer = createRequire(import.meta.url).resolve('electron/install.js');
  const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'pipe'], timeout: downloadMs });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, 4096)));
  const timedOut = await ended(child);
  if (findElectron() !== undefined) return undefined;
  const reason = timedOut ? `not within ${downloadMs / 1000} s; npx install-electron waits longer` : networkReason(complaint);
  return `Electron's binary could not be downloaded (${reason})`;
}

/** Whether the process had to be ended. */
function ended(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (_code, signal) => resolve(signal !== null));
  });
}

/** The first line of a stack trace, without what is left of it. */
function networkReason(complaint: string): string {
  const [line = ''] = complaint.trim().split('\n');
  return line.replace(/^\w*Error: /, '') || 'its installer failed';
}

/** Why there can be no window, after having tried to get what it needs. */
async function windowProblem(): Promise<string | undefined> {
  const noDisplay = displayProblem();
  if (noDisplay !== undefined) return noDisplay;
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron does not run as root';
  return findElectron() === undefined ? downloadElectron() : undefined;
}

/** Returns why the window ended before its time: Chromium aborts where the system refuses it its sandbox. */
async function showWindow(): Promise<string | undefined> {
  const signal = await become(findElectron() ?? 'electron', [path.resolve(import.meta.dirname, '..'), ...args]);
  return signal === undefined ? undefined : `Electron was ended by ${signal}`;
}

async function serveInstead(problem: string): Promise<void> {
  say(`No window: ${problem}. Serving the same app on loopback instead.`);
  const open = displayProblem() === undefined && !args.includes('--open') ? ['--open'] : [];
  await become(process.execPath, ['out/main/headless.js', ...open, ...args]);
}

const args = process.argv.slice(2);
const tooOld = nodeVersionProblem(process.versions.node);
if (tooOld !== undefined) {
  say(tooOld);
  process.exit(1);
}
endWithParent();
ensureBuilt();
const problem = (await windowProblem()) ?? (await showWindow());
if (problem !== undefined) await serveInstead(problem);
