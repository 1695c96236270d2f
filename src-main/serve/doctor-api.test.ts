import { mkdtempSync, rmSync } from 'node:fs';
import http2 from 'node:http2';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DoctorReport, SelfTestReport } from '#proto/bridge/doctor';
import { EngineStatus } from '#proto/bridge/shapes';
import { startHost, type Host, type HostAddresses } from './host.ts';

/** From the bytes of a mistake to the sentence that a person reads about it, through a real engine and its API. */

const directory = mkdtempSync(path.join(tmpdir(), 'sidelight-doctor-api-'));
let host: Host;
let addresses: HostAddresses;
let port: number;

beforeAll(async () => {
  const ports = { grpcPort: 0, httpPort: 0, uiPort: 0 };
  const fail = (error: unknown): void => {
    throw error;
  };
  host = await startHost({
    ...ports,
    dataDirectory: directory,
    maxStoredBytes: 1e8,
    token: undefined,
    uiDirectory: tmpdir(),
    report: fail,
  });
  addresses = await host.addresses();
  port = Number(new URL(addresses.httpUrl ?? '').port);
});

afterAll(async () => {
  await host.stop();
  rmSync(directory, { recursive: true });
});

async function ask(target: string, method = 'GET') {
  const response = await fetch(`${addresses.apiUrl}${target}`, { method, headers: { authorization: `Bearer ${addresses.token}` } });
  return await response.json();
}

/** The findings about one client, or about one path. */
async function findings(kind: string, part: string) {
  const { findings: all } = DoctorReport.parse(await ask('/doctor'));
  return all.filter((finding) => finding.kind === kind && finding.message.includes(part));
}

/** An HTTP/1.1 request as it is on the wire; the status line of its answer. */
async function send(head: string[], body = ''): Promise<string> {
  const hasHost = head.some((line) => line.startsWith('Host:'));
  const lines = [...head, ...(hasHost ? [] : [`Host: localhost:${port}`]), `Content-Length: ${body.length}`, 'Connection: close', '', body];
  const socket = connect(port, '127.0.0.1');
  socket.write(lines.join('\r\n'));
  const [statusLine = ''] = (await text(socket)).split('\r\n', 1);
  return statusLine;
}

const json = 'Content-Type: application/json';
const protobuf = 'Content-Type: application/x-protobuf';

describe('a mistake and its sentence', () => {
  it.each([
    ['wrong-path', ['POST / HTTP/1.1', json], '404', 'sent to "/" on port', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT='],
    ['wrong-path', ['POST /v1/trace HTTP/1.1', json], '404', 'sent to "/v1/trace" on port', '/v1/traces'],
    ['zipkin', ['POST /api/v2/spans HTTP/1.1', json], '404', "sent Zipkin's spans to port", 'OTEL_TRACES_EXPORTER=otlp'],
    [
      'jaeger-thrift',
      ['POST /api/traces HTTP/1.1', 'Content-Type: application/x-thrift'],
      '404',
      "Jaeger's Thrift",
      'OTEL_TRACES_EXPORTER=otlp',
    ],
    ['prometheus-remote-write', ['POST /api/v1/write HTTP/1.1', protobuf], '404', 'Prometheus remote write', 'OTEL_METRICS_EXPORTER=otlp'],
    [
      'wrong-content-type',
      ['POST /v1/traces HTTP/1.1', 'Content-Type: text/plain'],
      '415',
      'content type "text/plain"',
      'OTEL_EXPORTER_OTLP_PROTOCOL=',
    ],
    [
      'unsupported-compression',
      ['POST /v1/traces HTTP/1.1', json, 'Content-Encoding: snappy'],
      '400',
      'compressed with "snappy"',
      'COMPRESSION=none',
    ],
    ['not-otlp', ['PUT /v1/traces HTTP/1.1', json], '405', 'not OTLP: "PUT /v1/traces"', 'OTEL_EXPORTER_OTLP_ENDPOINT='],
    ['foreign-host', ['POST /v1/traces HTTP/1.1', json, 'Host: evil.example'], '403', 'under the name "evil.example"', 'http://localhost'],
    ['foreign-origin', ['POST /v1/traces HTTP/1.1', json, 'Origin: https://evil.example'], '403', 'web page of https://evil.example', ''],
    ['bad-payload', ['POST /v1/traces HTTP/1.1', json], '400', 'that cannot be read', ''],
  ])('%s: %j is answered %s', async (kind, head, status, sentence, setting) => {
    const userAgent = `test-of-${kind}-${head[0]?.split(' ')[1]}`;
    expect(await send([...head, `User-Agent: ${userAgent}`], 'x')).toContain(` ${status} `);
    const [finding, ...others] = (await findings(kind, sentence)).filter(({ client }) => client === userAgent);
    expect(others).toEqual([]);
    expect(finding?.message).toContain(`port ${port}`);
    expect(finding?.fix).not.toBe('');
    expect(finding?.setting).toContain(setting);
  });

  it('too-large: a body that announces more than is taken is answered 413', async () => {
    const socket = connect(port, '127.0.0.1');
    const head = [
      'POST /v1/traces HTTP/1.1',
      `Host: localhost:${port}`,
      json,
      'User-Agent: big',
      'Content-Length: 999999999',
      'Connection: close',
    ];
    socket.on('error', () => socket.destroy());
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const [answer = Buffer.alloc(0)] = await new Promise<Buffer[]>((resolve) => socket.once('data', (chunk) => resolve([chunk])));
    socket.destroy();
    expect(answer.toString()).toContain(' 413 ');
    expect(await findings('too-large', 'big sent more at once')).toMatchObject([
      { setting: expect.stringContaining('MAX_EXPORT_BATCH_SIZE') },
    ]);
  });

  it('tls-on-plain-port: a TLS client', async () => {
    const secure = tls.connect({ port, host: '127.0.0.1' });
    await new Promise<void>((resolve) => secure.once('error', () => resolve()));
    expect(await findings('tls-on-plain-port', `A client sent TLS to port ${port}, which speaks plain text.`)).toHaveLength(1);
  });

  it('wrong-path: a gRPC client that calls what OTLP has not', async () => {
    const session = http2.connect(`http://127.0.0.1:${port}`);
    const method = '/jaeger.api_v2.CollectorService/PostSpans';
    const stream = session.request({ ':method': 'POST', ':path': method, 'content-type': 'application/grpc', te: 'trailers' });
    stream.end();
    await text(stream);
    session.destroy();
    expect(await findings('wrong-path', `called "${method}" on port ${port}`)).toHaveLength(1);
  });

  it('is in /api/status, too', async () => {
    const { doctor } = EngineStatus.parse(await ask('/status'));
    expect(doctor.findings.length).toBeGreaterThan(5);
  });
});

describe('the self-test over the API', () => {
  it('reports its steps, and the trace is there to be read', async () => {
    const { steps, traceId } = SelfTestReport.parse(await ask('/doctor/self-test', 'POST'));
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(await ask(`/traces/${traceId}`)).toMatchObject({ summary: { rootService: 'sidelight-self-test', spanCount: 2 } });
  });
});
