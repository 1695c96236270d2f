import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startHost, type Host, type HostAddresses, type HostOptions } from './host.ts';

const reported: unknown[] = [];

function optionsOf(dataDirectory: string): HostOptions {
  return {
    dataDirectory,
    grpcPort: 0,
    httpPort: 0,
    uiPort: 0,
    maxStoredBytes: 100_000_000,
    token: undefined,
    uiDirectory: tmpdir(),
    report: (error) => reported.push(error),
  };
}

function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'sidelight-host-'));
}

/** Stopped, and its directory deleted, at the end of the test. */
async function start(options: Partial<HostOptions>): Promise<Host> {
  const directory = temporaryDirectory();
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const host = await startHost({ ...optionsOf(directory), ...options });
  onTestFinished(() => host.stop());
  return host;
}

describe('an engine behind its loopback server, with the sample telemetry', () => {
  const directory = temporaryDirectory();
  let host: Host;
  let addresses: HostAddresses;
  let traceIds: string[];

  async function ask(target: string, init: RequestInit = {}) {
    const response = await fetch(`${addresses.apiUrl}${target}`, { ...init, headers: { authorization: `Bearer ${addresses.token}` } });
    return { status: response.status, json: JSON.parse(await response.text()) };
  }

  beforeAll(async () => {
    host = await startHost(optionsOf(directory));
    addresses = await host.addresses();
    traceIds = (await ask('/samples', { method: 'POST' })).json.traceIds;
  });
  afterAll(async () => {
    await host.stop();
    rmSync(directory, { recursive: true });
  });

  it('answers every question about every trace as the contract says', async () => {
    expect(traceIds.length).toBeGreaterThan(0);
    for (const traceId of traceIds) {
      const spans = await ask(`/traces/${traceId}`);
      const structure = await ask(`/traces/${traceId}/structure`);
      const logs = await ask(`/logs?traceId=${traceId}`);
      expect([spans.status, structure.status, logs.status]).toEqual([200, 200, 200]);
      for (const log of logs.json.items) expect((await ask(`/logs/${log.id}`)).json).toEqual(log);
      const spanIds = spans.json.spans.map(({ spanId }: { spanId: string }) => spanId);
      expect(structure.json.spanId).toEqual(spanIds);
      expect((await ask(`/traces/${traceId}/spans/${spanIds[0]}`)).json).toEqual(spans.json.spans[0]);
    }
    expect((await ask('/services')).json.items.length).toBeGreaterThan(1);
    expect((await ask('/status')).json.stored.traces).toBeGreaterThanOrEqual(traceIds.length);
    expect(reported).toEqual([]);
  });

  it('analyses every trace, and tells of it in Markdown', async () => {
    for (const traceId of traceIds) {
      const { status, json } = await ask(`/traces/${traceId}/analysis`);
      expect({ status, traceId: json.summary?.traceId }).toEqual({ status: 200, traceId });
      const { name, service } = json.percentiles[0];
      const latency = await ask(`/operations/latency?${String(new URLSearchParams({ service, name, kind: '2' }))}`);
      expect(latency).toMatchObject({ status: 200, json: { count: expect.any(Number), percentilesNs: expect.any(Array) } });
      const response = await fetch(`${addresses.apiUrl}/traces/${traceId}/markdown`, {
        headers: { authorization: `Bearer ${addresses.token}` },
      });
      expect(response.headers.get('content-type')).toBe('text/markdown');
      expect(await response.text()).toContain(`- Trace id: ${traceId}`);
    }
    expect((await ask(`/traces/${'f'.repeat(32)}/analysis`)).status).toBe(404);
    expect((await ask(`/traces/${'f'.repeat(32)}/markdown`)).status).toBe(404);
    expect(reported).toEqual([]);
  });

  it('is paged: the pages are the whole, each item once', async () => {
    const whole = (await ask('/traces?limit=1000')).json.items.map(({ traceId }: { traceId: string }) => traceId);
    const paged: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const { json } = await ask(`/traces?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      paged.push(...json.items.map(({ traceId }: { traceId: string }) => traceId));
      cursor = json.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('has the worker threads’ errors told apart', async () => {
    expect(await ask('/traces?query=%22')).toMatchObject({
      status: 400,
      json: { code: 'BAD_QUERY', data: { position: expect.any(Number) } },
    });
    expect(await ask('/traces?cursor=rubbish')).toMatchObject({ status: 400 });
    expect(await ask(`/traces/${'f'.repeat(32)}`)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    expect(reported).toEqual([]);
  });
});

describe('the port of the page', () => {
  it('is another one where the usual one is taken', async () => {
    const [first, second] = [await start({ uiPort: undefined }), await start({ uiPort: undefined })];
    expect((await first.addresses()).apiUrl).not.toBe((await second.addresses()).apiUrl);
  });

  it('is never another one than was asked for, and nothing is left running then', async () => {
    const { apiUrl } = await (await start({})).addresses();
    const directory = temporaryDirectory();
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const uiPort = Number(new URL(apiUrl).port);
    await expect(startHost({ ...optionsOf(directory), uiPort })).rejects.toMatchObject({ name: 'PortTakenError', port: uiPort });
    const again = await startHost(optionsOf(directory));
    await again.stop();
  });
});
