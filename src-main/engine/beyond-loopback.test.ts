import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTLPTraceExporter as GrpcTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { span } from '#main/receive/telemetry.fixture';
import { startEngine } from './engine.ts';
import type { Engine } from './interface.ts';

/** Any address of 127.0.0.0/8 is this machine's on Linux: this one stands for Docker's bridge. */
const bridge = '127.0.0.2';

async function engineOn(listenAddresses: string[], dataDirectory = temporaryDirectory()): Promise<Engine> {
  const engine = await startEngine({ dataDirectory, grpcPort: 0, httpPort: 0, maxStoredBytes: 1e9, listenAddresses });
  onTestFinished(() => engine.stop());
  return engine;
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sidelight-beyond-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function exportBy(Exporter: typeof GrpcTraceExporter | typeof ProtobufTraceExporter): Promise<number> {
  const exporter = new Exporter();
  onTestFinished(() => exporter.shutdown());
  return new Promise((resolve) => exporter.export([span], ({ code }) => resolve(code)));
}

describe.skipIf(process.platform !== 'linux')('an engine that listens beyond loopback', () => {
  it.each([
    ['gRPC', GrpcTraceExporter],
    ['HTTP', ProtobufTraceExporter],
  ] as const)('takes what an SDK sends over %s with the variables that the setup page shows', async (_, Exporter) => {
    const engine = await engineOn([bridge]);
    const { receivers, beyondLoopback } = await engine.status();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://${bridge}:${receivers[0]?.port}`);
    onTestFinished(() => void vi.unstubAllEnvs());

    expect(await exportBy(Exporter)).toBe(1);
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', `authorization=Bearer%20${beyondLoopback?.token}`);
    expect(await exportBy(Exporter)).toBe(0);
    await vi.waitFor(async () => expect((await engine.status()).stored.spans).toBe(1));
    expect((await engine.status()).doctor.findings.map(({ kind }) => kind)).toContain('token-missing');
  });

  it('says who can reach it, and keeps its token', async () => {
    const dataDirectory = temporaryDirectory();
    const engine = await engineOn([bridge], dataDirectory);
    const { beyondLoopback, notices } = await engine.status();
    expect(notices).toEqual([{ id: 'beyond-loopback', severity: 'warning', message: expect.stringContaining(bridge) }]);
    await engine.stop();
    expect((await (await engineOn([bridge], dataDirectory)).status()).beyondLoopback).toEqual(beyondLoopback);
  });
});

it('listens on loopback alone, and has no token, unless it is told to', async () => {
  const { beyondLoopback, notices } = await (await engineOn([])).status();
  expect([beyondLoopback, notices]).toEqual([undefined, []]);
});

it('says in words which address the machine does not have', async () => {
  const { receivers } = await (await engineOn(['192.0.2.1'])).status();
  expect(receivers.map(({ state }) => state)).toEqual(['failed', 'failed']);
  expect(receivers[0]?.message).toContain('no address 192.0.2.1');
});
