import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startEngine } from './engine.ts';
import type { Engine, EngineOptions } from './interface.ts';

const opened: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function engine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sidelight-engine-'));
  opened.push(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const started = await startEngine({ dataDirectory, grpcPort: 0, httpPort: 0, maxStoredBytes: 1e9, ...options });
  opened.push(() => started.stop());
  return started;
}

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  opened.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

async function httpUrl(from: Engine): Promise<string> {
  const receiver = (await from.status()).receivers.find(({ protocol }) => protocol === 'http');
  if (receiver?.state !== 'listening') throw new Error(receiver?.message);
  return receiver.url;
}

async function post(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

const traceId = '0af7651916cd43dd8448eb211c80319c';

function oneSpan(spanId: string): unknown {
  const span = {
    traceId,
    spanId,
    name: 'GET /cart',
    kind: 2,
    startTimeUnixNano: '1544712660300000001',
    endTimeUnixNano: '1544712660600000002',
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] };
}

describe('engine', () => {
  it('answers a question about what it has just acknowledged', async () => {
    const running = await engine();
    expect(await post(`${await httpUrl(running)}/v1/traces`, oneSpan('b7ad6b7169203331'))).toEqual({ status: 200, body: {} });

    const { items } = await running.ask('searchTraces', { query: 'service:shop cart', limit: 10 });
    expect(items).toMatchObject([{ traceId, rootName: 'GET /cart', rootService: 'shop', spanCount: 1, durationNano: '300000001' }]);
    expect(await running.ask('span', { traceId, spanId: 'b7ad6b7169203331' })).toMatchObject({ startTimeUnixNano: '1544712660300000001' });
  });

  it('acknowledges what arrives together, each request by its own answer', async () => {
    const running = await engine();
    const url = `${await httpUrl(running)}/v1/traces`;
    const ids = Array.from({ length: 40 }, (_, index) => (index + 1).toString(16).padStart(16, '0'));
    const answers = await Promise.all(ids.map((id, index) => (index % 4 === 0 ? post(url, { resourceSpans: 7 }) : post(url, oneSpan(id)))));
    expect(answers.map(({ status }) => status)).toEqual(ids.map((_, index) => (index % 4 === 0 ? 400 : 200)));
    expect((await running.ask('openTrace', { traceId }))?.spanId).toHaveLength(30);
  });

  it('gives a trace in columns whose memory is its own', async () => {
    const running = await engine();
    await post(`${await httpUrl(running)}/v1/traces`, oneSpan('b7ad6b7169203331'));
    const columns = await running.ask('traceColumns', { traceId });
    expect(columns).toMatchObject({
      summary: { traceId, pinned: false },
      durationNs: Float64Array.of(300_000_001),
      kind: Int32Array.of(2),
    });
    expect(columns?.strings[columns.name[0] ?? -1]).toBe('GET /cart');
    expect(Buffer.from(columns?.spanIds ?? []).toString('hex')).toBe('b7ad6b7169203331');
    expect(await running.ask('traceColumns', { traceId: 'f'.repeat(32) })).toBeUndefined();
  });

  it('keeps requests apart whose buffers are used again', async () => {
    const running = await engine();
    const url = `${await httpUrl(running)}/v1/traces`;
    const nameOf = (index: number): string => `${index} `.repeat(20_000 + 5000 * (index % 7)).trim();
    const client = async (first: number): Promise<void> => {
      for (let index = first; index < 60; index += 6) {
        const span = {
          traceId,
          spanId: (index + 1).toString(16).padStart(16, '0'),
          name: nameOf(index),
          startTimeUnixNano: String(index + 1),
        };
        expect((await post(url, { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })).status).toBe(200);
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(client));
    const stored = await running.ask('traceSpans', { traceId, limit: 100 });
    expect(stored?.spans.map(({ name }, index) => name === nameOf(index))).toEqual(Array(60).fill(true));
  });

  it('pins a trace, tells listeners, and knows which traces it has', async () => {
    const running = await engine();
    await post(`${await httpUrl(running)}/v1/traces`, oneSpan('b7ad6b7169203331'));
    const versions: number[] = [];
    const told = Promise.withResolvers<void>();
    const unsubscribe = running.onChange(({ version }) => versions.push(version) > 1 && told.resolve());
    for (const pinned of [true, false, true]) {
      expect(await running.pinTrace(traceId, pinned)).toBe(true);
      expect((await running.ask('searchTraces', { query: '', limit: 1 })).items).toMatchObject([{ traceId, pinned }]);
    }
    await told.promise;
    unsubscribe();
    expect(await running.pinTrace('f'.repeat(32), true)).toBe(false);
  });

  it('drops what is too old, also while nothing comes in', async () => {
    const running = await engine({ maxAgeMs: 1 });
    const url = `${await httpUrl(running)}/v1/traces`;
    await post(url, oneSpan('b7ad6b7169203331'));
    await expect.poll(async () => (await running.status()).stored.spans, { timeout: 30_000 }).toBe(0);
  }, 40_000);

  it('counts metrics as not stored, with a warning and no error', async () => {
    const running = await engine();
    const gauge = {
      name: 'queue.length',
      gauge: {
        dataPoints: [
          { asInt: '3', timeUnixNano: '1' },
          { asInt: '4', timeUnixNano: '2' },
        ],
      },
    };
    const answer = await post(`${await httpUrl(running)}/v1/metrics`, { resourceMetrics: [{ scopeMetrics: [{ metrics: [gauge] }] }] });
    expect(answer).toMatchObject({ status: 200, body: { partialSuccess: { errorMessage: expect.stringContaining('2 data points') } } });
    expect((await running.status()).received.metricPointsNotStored).toBe(2);
  });

  it('tells listeners of each commit, the newest state at once', async () => {
    const running = await engine();
    const seen: number[] = [];
    const arrived = Promise.withResolvers<void>();
    const unsubscribe = running.onChange(({ spans }) => {
      seen.push(spans);
      if (spans === 1) arrived.resolve();
    });
    await post(`${await httpUrl(running)}/v1/traces`, oneSpan('b7ad6b7169203331'));
    await arrived.promise;
    unsubscribe();
    expect(seen[0]).toBe(0);
  });

  it('runs with one port taken, names it, and moves that receiver to the port it offers', async () => {
    const grpcPort = await takenPort();
    const running = await engine({ grpcPort });
    const [grpc, http] = (await running.status()).receivers;
    expect(http).toMatchObject({ protocol: 'http', state: 'listening' });
    expect(grpc).toMatchObject({
      protocol: 'grpc',
      state: 'port-taken',
      port: grpcPort,
      message: expect.stringContaining(String(grpcPort)),
    });

    const offered = grpc?.freePort ?? 0;
    expect(offered).toBeGreaterThan(0);
    await expect(running.moveReceiver('grpc', offered)).resolves.toMatchObject({ state: 'listening', port: offered });
    await expect(running.moveReceiver('grpc', grpcPort)).rejects.toMatchObject({ name: 'PortTakenError' });
    expect((await running.status()).receivers[0]).toMatchObject({ state: 'listening', port: offered });
  });

  it('refuses a data directory that another engine writes', async () => {
    const running = await engine();
    const { dataDirectory } = await running.status();
    await expect(startEngine({ dataDirectory, grpcPort: 0, httpPort: 0, maxStoredBytes: 1e9 })).rejects.toMatchObject({
      name: 'DataDirectoryInUseError',
    });
  });

  it('carries the position of a query that cannot be read across the threads', async () => {
    const running = await engine();
    await expect(running.ask('searchTraces', { query: 'cart "never closed', limit: 10 })).rejects.toMatchObject({
      name: 'QueryError',
      position: 5,
    });
  });
});
