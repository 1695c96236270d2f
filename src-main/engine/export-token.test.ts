import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exportToken } from './export-token.ts';

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sidelight-token-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

it('stays the same from start to start, and is for its owner alone', async () => {
  const directory = await emptyDirectory();
  const token = await exportToken(directory);
  expect(token).toMatch(/^[\w-]{32,}$/);
  expect(await exportToken(directory)).toBe(token);
  const { mode } = await stat(path.join(directory, 'export-token'));
  if (process.platform !== 'win32') expect(mode & 0o077).toBe(0);
});

it('is made anew where what is kept is no token', async () => {
  const directory = await emptyDirectory();
  await writeFile(path.join(directory, 'export-token'), '');
  expect(await exportToken(directory)).toMatch(/^[\w-]{32,}$/);
});
