import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineClient } from './engine-client.ts';
import { EngineThreadHandle } from './engine-thread-handle.ts';
import { followCounts, type Counts } from './live-counts.ts';

const engineThread = new URL('../engine-thread.ts', import.meta.url);

const traces = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: '5b8efff798038103d269b633813fc60c',
              spanId: 'eee19b7ec3c1b174',
              name: 'GET /quotes',
              startTimeUnixNano: '1760000000000000000',
              endTimeUnixNano: '1760000000250000000',
              status: { code: 2 },
            },
          ],
        },
      ],
    },
  ],
};

describe('the engine in its thread', { timeout: 30_000 }, () => {
  let dataDirectory: string;
  const started: EngineThreadHandle[] = [];

  function start(onDeath: (message: string) => void = () => undefined): EngineThreadHandle {
    const handle = new EngineThreadHandle(
      engineThread,
      { dataDirectory, grpcPort: 0, httpPort: 0, uiPort: 0, token: undefined, maxStoredBytes: 1e9, uiDirectory: dataDirectory },
      onDeath,
    );
    started.push(handle);
    return handle;
  }

  beforeEach(() => {
    dataDirectory = mkdtempSync(path.join(tmpdir(), 'sidelight-thread-'));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((handle) => handle.stop()));
    rmSync(dataDirectory, { recursive: true });
  });

  it('answers on a line that was asked for before it had started', async () => {
    const engine = start();
    const client = engineClient(engine.connect());
    expect(await client.status()).toMatchObject({ dataDirectory, stored: { spans: 0 } });
    expect(await engine.ready).toMatchObject({ uiUrl: expect.stringContaining('token='), token: expect.any(String) });
  });

  it('tells the counts now, and again when they change', async () => {
    const engine = start();
    const following = new AbortController();
    const seen: Counts[] = [];
    const news = { tell: (): void => undefined };
    const until = async (spans: number): Promise<void> => {
      while (seen.at(-1)?.spans !== spans) await new Promise<void>((resolve) => (news.tell = resolve));
    };
    const followed = followCounts(
      engineClient(engine.connect()),
      (counts) => {
        seen.push(counts);
        news.tell();
      },
      following.signal,
    ).catch((error: unknown) => error);
    await until(0);
    const { httpUrl } = await engine.ready;
    await fetch(`${httpUrl}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(traces) });
    await until(1);
    expect(seen.at(-1)).toEqual({ traces: 1, spans: 1, errors: 1, logs: 0 });
    following.abort();
    await followed;
  });

  it('closes its lines and ends when it is stopped, without a word of complaint', async () => {
    const complaints: string[] = [];
    const engine = start((message) => complaints.push(message));
    const line = engine.connect();
    const closed = new Promise((resolve) => line.on('close', resolve));
    await engine.ready;
    await engine.stop();
    await closed;
    await setImmediate();
    expect(complaints).toEqual([]);
  });

  it('says why it cannot start: another one has the data directory', async () => {
    await start().ready;
    const { promise: died, resolve: onDeath } = Promise.withResolvers<string>();
    const second = start(onDeath);
    await expect(second.ready).rejects.toThrow(dataDirectory);
    expect(await died).toContain(dataDirectory);
  });
});
