import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { selfTestService } from '#proto/bridge/doctor';
import { startEngine } from '../engine.ts';
import type { Engine } from '../interface.ts';

const opened: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function engine(grpcPort = 0): Promise<Engine> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sidelight-doctor-'));
  opened.push(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const started = await startEngine({ dataDirectory, grpcPort, httpPort: 0, maxStoredBytes: 1e9 });
  opened.push(() => started.stop());
  return started;
}

async function portsOf(running: Engine): Promise<{ grpc: number; http: number }> {
  const [grpc, http] = (await running.status()).receivers;
  return { grpc: grpc?.port ?? 0, http: http?.port ?? 0 };
}

async function findingsOf(running: Engine) {
  return (await running.status()).doctor.findings;
}

async function post(port: number, path: string, body: string, contentType = 'application/json'): Promise<number> {
  const headers = { 'content-type': contentType, 'user-agent': 'curl/8.1' };
  const response = await fetch(`http://localhost:${port}${path}`, { method: 'POST', headers, body });
  await response.bytes();
  return response.status;
}

/** Writes raw bytes, and waits for the receiver to hang up. */
function sendRaw(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.resume();
    socket.on('error', () => socket.destroy()).on('close', () => resolve());
  });
}

const traceId = '0af7651916cd43dd8448eb211c80319c';
const nowNano = (aheadMs = 0): string => `${Date.now() + aheadMs}000000`;

function request(service: string, span: Record<string, string> = {}): string {
  const times = { startTimeUnixNano: nowNano(), endTimeUnixNano: nowNano() };
  const spans = [{ traceId, spanId: 'b7ad6b7169203331', name: 'GET /', ...times, ...span }];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
}

describe('what the doctor hears of', () => {
  it('a path that is not there', async () => {
    const running = await engine();
    const { http } = await portsOf(running);
    expect(await post(http, '/v1/trace', '{}')).toBe(404);
    expect(await findingsOf(running)).toMatchObject([
      {
        kind: 'wrong-path',
        message: `curl/8.1 sent to "/v1/trace" on port ${http}, where nothing is.`,
        setting: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:${http}/v1/traces`,
        client: 'curl/8.1',
        count: 1,
      },
    ]);
  });

  it('TLS, on either port', async () => {
    const running = await engine();
    const { grpc, http } = await portsOf(running);
    const hello = Uint8Array.of(0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00);
    await Promise.all([sendRaw(grpc, hello), sendRaw(http, hello)]);
    const messages = (await findingsOf(running)).map(({ message }) => message);
    expect(messages.toSorted()).toEqual(
      [grpc, http].map((port) => `A client sent TLS to port ${port}, which speaks plain text.`).toSorted(),
    );
  });

  it('Zipkin, Jaeger, Prometheus, a content type', async () => {
    const running = await engine();
    const { grpc } = await portsOf(running);
    await post(grpc, '/api/v2/spans', '[]');
    await post(grpc, '/api/traces', 'x', 'application/x-thrift');
    await post(grpc, '/api/v1/write', 'x', 'application/x-protobuf');
    await post(grpc, '/v1/traces', 'a=1', 'application/x-www-form-urlencoded');
    expect((await findingsOf(running)).map(({ kind }) => kind)).toEqual([
      'zipkin',
      'jaeger-thrift',
      'prometheus-remote-write',
      'wrong-content-type',
    ]);
  });

  it('payloads that cannot be read, records that are rejected, clocks and names, each with its client', async () => {
    const running = await engine();
    const { http } = await portsOf(running);
    await post(http, '/v1/traces', '{"resourceSpans":7}');
    await post(http, '/v1/traces', request('shop', { traceId: 'short' }));
    await post(http, '/v1/traces', request('unknown_service:node'));
    await post(http, '/v1/traces', request('late', { startTimeUnixNano: nowNano(120_000) }));
    const { clients, findings } = (await running.status()).doctor;
    expect(findings).toMatchObject([
      { kind: 'bad-payload', client: 'curl/8.1' },
      { kind: 'rejected-records', count: 1 },
      { kind: 'clock-off', client: 'late', message: 'Records of late are stamped 2 minutes in the future.' },
      { kind: 'no-service-name', client: 'unknown_service:node' },
    ]);
    expect(clients).toMatchObject([
      { service: 'late', protocol: 'http/json', port: http, userAgent: 'curl/8.1', records: { traces: 1 }, requests: 1 },
      { service: 'unknown_service:node' },
      { service: '', requests: 2, rejectedRecords: 1, records: { traces: 0 } },
    ]);
  });

  it('a port that is taken, by whom, and that it is no longer needed', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
    opened.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const running = await engine(port);
    const [finding] = await findingsOf(running);
    expect(finding).toMatchObject({ kind: 'port-taken', severity: 'error', message: expect.stringContaining(`Port ${port} is taken by `) });
    if (process.platform === 'linux') expect(finding?.message).toContain(`(process ${process.pid})`);
    await running.moveReceiver('grpc', 0);
    expect(await findingsOf(running)).toEqual([]);
  });
});

describe('the self-test', () => {
  it('goes through both receivers into the store and is known by its service', async () => {
    const running = await engine();
    const { steps, traceId: sent = '' } = await running.selfTest();
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps.map(({ name }) => name)).toEqual([
      'Listen for gRPC',
      'Send a span over gRPC',
      'Find the gRPC span again',
      'Listen for HTTP',
      'Send a span over HTTP',
      'Find the HTTP span again',
    ]);
    expect(await running.ask('openTrace', { traceId: sent })).toMatchObject({ summary: { spanCount: 2, rootService: selfTestService } });
    const { clients, findings } = (await running.status()).doctor;
    expect(clients.map(({ service, protocol }) => ({ service, protocol }))).toEqual([
      { service: selfTestService, protocol: 'http/protobuf' },
      { service: selfTestService, protocol: 'grpc' },
    ]);
    expect(findings).toEqual([]);
  });

  it('says which receiver does not listen and tests the other', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
    opened.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const running = await engine(port);
    const { steps } = await running.selfTest();
    expect(steps).toMatchObject([
      { name: 'Listen for gRPC', ok: false, message: expect.stringContaining(`Port ${port} is taken`) },
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
  });
});
