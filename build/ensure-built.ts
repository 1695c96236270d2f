import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';

/**
 * Builds `out/` where it is missing or older than a source. Prints on stderr only: `npm run -s serve -- --json` promises one line on stdout.
 */
const sources = ['proto/**/*', 'src-main/**/*', 'src-renderer/**/*', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const newestOutput = 'out/renderer/index.html';

function isStale(): boolean {
  if (!existsSync(newestOutput)) return true;
  const builtMs = statSync(newestOutput).mtimeMs;
  return globSync(sources).some((file) => statSync(file).mtimeMs > builtMs);
}

export function ensureBuilt(): void {
  if (!isStale()) return;
  process.stderr.write('Building Sidelight…\n');
  const { status } = spawnSync('electron-vite', ['build', '--logLevel', 'error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
