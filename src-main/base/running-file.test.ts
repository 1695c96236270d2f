import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRunningFile, removeRunningFile, writeRunningFile, type RunningInstance } from './running-file.ts';

const instance: RunningInstance = {
  pid: 4711,
  apiUrl: 'http://localhost:4316/api',
  grpcUrl: undefined,
  httpUrl: 'http://localhost:4318',
  token: 'aaaaaaaaaaaaaaaaaaaaaaaa',
  uiUrl: 'http://localhost:4316/?token=aaaaaaaaaaaaaaaaaaaaaaaa',
};

describe('the file by which an instance is found', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'sidelight-running-'))));
  afterEach(() => rmSync(directory, { recursive: true }));
  const write = (content: string) => writeFileSync(path.join(directory, 'running.json'), content);

  it('comes back as it was written, for nobody else to read, and replaces what a killed one has left', async () => {
    write('{"pid":');
    await writeRunningFile(directory, instance);
    expect(await readRunningFile(directory)).toEqual(instance);
    expect(readdirSync(directory)).toEqual(['running.json']);
    if (process.platform !== 'win32') expect(statSync(path.join(directory, 'running.json')).mode & 0o777).toBe(0o600);
  });

  it('is removed by whoever wrote it, and by nobody else', async () => {
    await writeRunningFile(directory, instance);
    await removeRunningFile(directory, { token: 'of an earlier start' });
    expect(await readRunningFile(directory)).toEqual(instance);
    await removeRunningFile(directory, instance);
    expect(readdirSync(directory)).toEqual([]);
    await removeRunningFile(directory, instance);
  });

  it.each([
    ['nothing', ''],
    ['half a line', '{"pid":1,"apiUrl":"http://localh'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no process', JSON.stringify({ ...instance, pid: -1 })],
    ['a process that is text', JSON.stringify({ ...instance, pid: '4711' })],
    ['an address elsewhere', JSON.stringify({ ...instance, apiUrl: 'http://evil.test/api' })],
    ['an address that looks like ours', JSON.stringify({ ...instance, apiUrl: 'http://localhost.evil.test/api' })],
    ['credentials in the address', JSON.stringify({ ...instance, uiUrl: 'http://a:b@localhost:1/' })],
    ['a script as the address', JSON.stringify({ ...instance, uiUrl: 'javascript:alert(1)' })],
    ['a token that breaks a header', JSON.stringify({ ...instance, token: 'a\r\nx: y' })],
    ['far too much', JSON.stringify({ ...instance, more: 'x'.repeat(20_000) })],
  ])('leads nowhere when it holds %s', async (_what, content) => {
    write(content);
    expect(await readRunningFile(directory)).toBeUndefined();
  });

  it('leads nowhere when it is not there', async () => {
    expect(await readRunningFile(path.join(directory, 'none'))).toBeUndefined();
  });

  it('keeps what is sound where a receiver has no address', async () => {
    write(JSON.stringify({ ...instance, httpUrl: 'http://evil.test' }));
    expect(await readRunningFile(directory)).toEqual({ ...instance, httpUrl: undefined });
  });
});
