import { spawn } from 'node:child_process';
import { ensureBuilt } from './ensure-built.ts';

/**
 * `npm run package`: installers for this system in `dist/`; `-- --linux --mac --win` for others, `-- --dir` for a folder without an installer. Needs Electron's binary, which
 * electron-builder downloads.
 */
const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|fetch failed/;

ensureBuilt();
const child = spawn('electron-builder', ['--config', 'build/electron-builder.yml', ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'pipe'],
  shell: process.platform === 'win32',
});
let output = '';
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-64 * 1024);
    process.stdout.write(chunk);
  });
}
child.on('close', (code) => {
  if (code !== 0 && noNetwork.test(output)) {
    console.error(
      '\nNothing was packaged: electron-builder downloads Electron and its tools from github.com, and this machine cannot reach it. ELECTRON_MIRROR names another place.',
    );
  }
  process.exitCode = code ?? 1;
});
