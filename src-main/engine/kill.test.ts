import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';

interface Running {
  child: ChildProcess;
  httpUrl: string;
  apiUrl: string;
  token: string;
}

const dataDirectory = mkdtempSync(join(tmpdir(), 'sidelight-kill-'));
let last: ChildProcess | undefined;

afterAll(() => {
  last?.kill('SIGKILL');
  rmSync(dataDirectory, { recursive: true, force: true });
});

async function start(): Promise<Running> {
  const args = [
    '--json',
    '--data-dir',
    dataDirectory,
    '--grpc-port',
    '0',
    '--http-port',
    '0',
    '--ui-port',
    '0',
    '--token',
    'test-token-of-32-characters-0123',
  ];
  const child = spawn('node', ['src-main/headless.ts', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  last = child;
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as Omit<Running, 'child'>) };
  }
  throw new Error('It ended before it was ready.');
}

/** One request with a span in a trace of its own and a log; resolves with the trace id when it was acknowledged. */
async function send(httpUrl: string): Promise<string | undefined> {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  const times = { startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000000000000001' };
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId, spanId, name: 'kept', ...times }] }] }] });
  const response = await fetch(`${httpUrl}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return response.ok ? traceId : undefined;
}

/** Four clients that send as fast as they are answered, until the connection breaks; adds what was acknowledged to `acknowledged`. */
async function sendUntilItDies(httpUrl: string, acknowledged: string[]): Promise<void> {
  const client = async (): Promise<void> => {
    for (;;) {
      const traceId = await send(httpUrl).catch(() => 'dead' as const);
      if (traceId === 'dead') return;
      if (traceId !== undefined) acknowledged.push(traceId);
    }
  };
  await Promise.all([client(), client(), client(), client()]);
}

async function storedTraceIds({ apiUrl, token }: Running): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const url: string = `${apiUrl}/traces?limit=1000${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const page = (await response.json()) as { items: { traceId: string }[]; nextCursor?: string };
    ids.push(...page.items.map(({ traceId }) => traceId));
    cursor = page.nextCursor;
  }
  return ids;
}

describe('kill -9 during ingest', () => {
  it('loses nothing that was acknowledged, and stores nothing twice', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round++) {
      const running = await start();
      const clients = sendUntilItDies(running.httpUrl, acknowledged);
      const killAfter = acknowledged.length + 50 + round * 37;
      while (acknowledged.length < killAfter) await new Promise((resolve) => setImmediate(resolve));
      running.child.kill('SIGKILL');
      await clients;
    }
    const running = await start();
    const stored = await storedTraceIds(running);
    expect(acknowledged.length).toBeGreaterThan(500);
    expect(new Set(stored).size).toBe(stored.length);
    expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
    running.child.kill('SIGTERM');
    expect(await new Promise((resolve) => running.child.once('exit', resolve))).toBe(0);
  }, 60_000);
});
