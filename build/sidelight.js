#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npx sidelight`: the built command line, in this very process and in the caller's folder. JavaScript, because the Node of the caller may not read TypeScript. */
const root = fileURLToPath(new URL('..', import.meta.url));
const entry = new URL('../out/main/sidelight.js', import.meta.url);

if (!existsSync(entry)) {
  process.stderr.write('Building Sidelight…\n');
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
await import(entry.href);
